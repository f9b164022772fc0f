package io.parquetflow.capture;

import io.parquetflow.file.Ledger;
import io.parquetflow.file.Retention;
import io.parquetflow.file.Rotation;
import io.parquetflow.file.WriterLock;
import io.parquetflow.ring.CaptureClock;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;

/**
 * What a segment writer works with.
 *
 * @param rejects null without a decoder
 */
record SegmentSetting(
        SinkConfig config,
        WriterLock lock,
        Rows rows,
        Rejects rejects,
        CaptureClock clock,
        Progress progress,
        Listeners listeners,
        Complaints complaints,
        Kind kind) {
    Rotation rotation() {
        return new Rotation(
                config.number(ConfigKey.ROTATE_BYTES),
                config.number(ConfigKey.ROTATE_ROWS),
                config.duration(ConfigKey.ROTATE_INTERVAL),
                config.flag(ConfigKey.ROTATE_ALIGN));
    }

    Retention retention(SegmentStore store) {
        return new Retention(
                store.directory(),
                config.name(),
                new Ledger(store.directory(), config.name(), store.fileMode()),
                config.number(ConfigKey.RETAIN_BYTES),
                config.duration(ConfigKey.RETAIN_AGE),
                config.number(ConfigKey.RETAIN_FILES));
    }

    /** What the segments are. */
    enum Kind {
        /** Of a writer that lives. */
        LIVE,
        /** Of one that died. */
        RECOVERY,
        /** Of one that died, and nobody can make rows of its payloads. */
        RAW_RECOVERY
    }
}
