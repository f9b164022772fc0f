package io.parquetflow.cli.captures;

import java.util.Map;
import java.util.Optional;

/**
 * What reading one capture came to.
 *
 * <p>For packets, {@code packets == payloads + the sum of skipped}. For text, {@code packets} counts lines, and a line
 * gives one payload, or several where it was split.
 *
 * <p>Thread-safe: immutable.
 *
 * @param file the file, as it was named
 * @param format {@code pcap}, {@code pcapng} or {@code text}
 * @param packets packets or lines seen
 * @param payloads payloads delivered
 * @param payloadBytes their bytes
 * @param skipped packets without a payload, by reason; reasons that did not occur are not there
 * @param cutPayloads payloads delivered, but shorter than their packet says, since the capture holds no more of them
 * @param splitLines lines longer than {@link PayloadReader#MAX_PAYLOAD_BYTES}, delivered in pieces
 * @param withoutTime packets delivered without a time, since the capture gives none, or one outside 1970 to 2262
 * @param damage what is wrong with the file, if anything is
 */
public record ImportTally(
        String file,
        String format,
        long packets,
        long payloads,
        long payloadBytes,
        Map<SkipReason, Long> skipped,
        long cutPayloads,
        long splitLines,
        long withoutTime,
        Optional<Damage> damage) {

    /**
     * How many packets gave no payload for this reason.
     *
     * @param reason the reason
     * @return 0 or more
     */
    public long skipped(SkipReason reason) {
        return skipped.getOrDefault(reason, 0L);
    }

    /**
     * Whether the import of this file counts as failed: whatever came before the damage is kept, but a script must not
     * take part of a capture for all of it.
     *
     * @return whether the exit code says so
     */
    public boolean failed() {
        return damage.isPresent();
    }
}
