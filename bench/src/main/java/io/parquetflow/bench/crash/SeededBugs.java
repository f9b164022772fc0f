package io.parquetflow.bench.crash;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The mistakes that the crash test has to see.
 *
 * <p>Thread-safe: immutable.
 */
final class SeededBugs {
    private static final String CAPTURE = "io/parquetflow/capture/";
    private static final String RING = "io/parquetflow/ring/";

    /** A record that is overwritten before it is in the journal is nowhere. */
    static final SeededBug RELEASED_BEFORE_JOURNAL = SeededBug.in(
            "released-before-journal",
            CAPTURE + "Intake.java",
            new SeededBug.Edit(
                    "        if (journal != null && !append()) {",
                    "        release(incoming.endPosition());\n        if (journal != null && !append()) {"));

    /** A power cut takes the names of sealed segments. */
    static final SeededBug NO_DIRECTORY_FORCE = SeededBug.in(
            "no-directory-force",
            CAPTURE + "SegmentStore.java",
            new SeededBug.Edit("                FlowDirectory.force(to.getParent());\n", ""),
            new SeededBug.Edit("FlowDirectory.force(above);", "if (above == null) { FlowDirectory.force(root); }"));

    /** Dead in between, a segment has neither footer nor journal. */
    static final SeededBug JOURNAL_DELETED_BEFORE_SEAL = SeededBug.in(
            "journal-deleted-before-seal",
            CAPTURE + "SegmentWriter.java",
            new SeededBug.Edit(
                    "        CrashPoint.reached(\"seal.after-sealing-frame\");\n",
                    "        log.sealed(next);\n        CrashPoint.reached(\"seal.after-sealing-frame\");\n"));

    /**
     * Memory that held another writer's records, as any memory may. Harmless by itself: no marker of theirs is one of
     * ours.
     */
    private static final Map<String, List<SeededBug.Edit>> RECYCLED = Map.of(
            RING + "SharedFile.java",
            List.of(
                    new SeededBug.Edit(
                            "            writeZeros(channel, bytes);",
                            "            writeZeros(channel, bytes); recycle(channel, path, bytes);"),
                    new SeededBug.Edit(
                            "    private static Object keyOf(",
                            """
                                private static void recycle(FileChannel to, Path path, int bytes) throws IOException {
                                    try (var others = Files.newDirectoryStream(path.getParent(), "*.slab")) {
                                        for (Path other : others) {
                                            if (!other.equals(path) && Files.size(other) == bytes) {
                                                byte[] old = Files.readAllBytes(other);
                                                int header = SlabHeader.BYTES;
                                                to.write(ByteBuffer.wrap(old, header, bytes - header), header);
                                            }
                                        }
                                    }
                                }

                                private static Object keyOf("""
                                    .stripTrailing())));

    static final SeededBug MEMORY_RECYCLED = new SeededBug("memory-recycled", RECYCLED);

    /** Records of an earlier writer's ring pass for this one's. */
    static final SeededBug EPOCH_REUSED = new SeededBug(
            "epoch-reused",
            Map.of(
                    RING + "Marker.java",
                    List.of(new SeededBug.Edit("return new SecureRandom().nextLong();", "return 42;")),
                    RING + "SharedFile.java",
                    RECYCLED.get(RING + "SharedFile.java")));

    /** What the disk made of a frame becomes rows. */
    static final SeededBug NO_CRC = SeededBug.in(
            "no-crc",
            "io/parquetflow/journal/JournalFile.java",
            new SeededBug.Edit(
                    "!= RecordBatch.checksum(memory, 0, bytes, writer, crc)", "!= memory.getInt(RecordBatch.CRC)"));

    /** The kernel has forgotten what it could not write, and says yes. */
    static final SeededBug FSYNC_RETRIED = SeededBug.in(
            "fsync-retried",
            CAPTURE + "JournalLog.java",
            new SeededBug.Edit("            journal.forceFailed(failed);\n", ""));

    /** A reader that trusts the marker sees half a payload. The yield is what makes a rare moment a common one. */
    static final SeededBug MARKER_BEFORE_PAYLOAD = SeededBug.in(
            "marker-before-payload",
            RING + "CaptureRing.java",
            new SeededBug.Edit(
                    "slab.memory.put(payloadAt, payload, from, length);",
                    "slab.markerRelease(at, marker.at(position)); Thread.yield();"
                            + " slab.memory.put(payloadAt, payload, from, length);",
                    2));

    /** It may be all that is left of somebody's records. */
    static final SeededBug UNKNOWN_FILE_DELETED = SeededBug.in(
            "unknown-file-deleted",
            CAPTURE + "DeadWriter.java",
            new SeededBug.Edit(
                    "            setAside(file.path(), UNKNOWN);", "            Files.deleteIfExists(file.path());"));

    static final List<SeededBug> ALL = List.of(
            RELEASED_BEFORE_JOURNAL,
            NO_DIRECTORY_FORCE,
            JOURNAL_DELETED_BEFORE_SEAL,
            EPOCH_REUSED,
            NO_CRC,
            FSYNC_RETRIED,
            MARKER_BEFORE_PAYLOAD,
            UNKNOWN_FILE_DELETED);

    private SeededBugs() {}

    static Optional<SeededBug> named(String name) {
        return ALL.stream().filter(bug -> bug.name().equals(name)).findFirst();
    }
}
