package io.parquetflow.cli.captures;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The counts of one reader while it reads. Belongs to the reading thread; {@link ImportTally} is its snapshot. */
final class Tally {
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private long packets;
    private long payloads;
    private long payloadBytes;
    private long cutPayloads;
    private long splitLines;
    private long withoutTime;
    private Optional<Damage> damage = Optional.empty();

    void packet() {
        packets++;
    }

    long packets() {
        return packets;
    }

    void payload(int lengthBytes) {
        payloads++;
        payloadBytes += lengthBytes;
    }

    void skipped(SkipReason reason) {
        skipped.merge(reason, 1L, Long::sum);
    }

    void cutPayload() {
        cutPayloads++;
    }

    void splitLine() {
        splitLines++;
    }

    void withoutTime() {
        withoutTime++;
    }

    void damage(Damage what) {
        damage = Optional.of(what);
    }

    ImportTally snapshot(String file, String format) {
        return new ImportTally(
                file,
                format,
                packets,
                payloads,
                payloadBytes,
                Collections.unmodifiableMap(new EnumMap<>(skipped)),
                cutPayloads,
                splitLines,
                withoutTime,
                damage);
    }
}
