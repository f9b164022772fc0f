package io.parquetflow.bench.crash;

import java.util.List;
import java.util.Optional;

/**
 * The mistakes that the crash test has to see.
 *
 * <p>Thread-safe: immutable.
 */
final class SeededBugs {
    private static final String STORE = "io/parquetflow/capture/SegmentStore.java";

    /** A reader that trusts the marker sees half a payload. The yield is what makes a rare moment a common one. */
    static final SeededBug MARKER_BEFORE_PAYLOAD = new SeededBug(
            "marker-before-payload",
            "io/parquetflow/ring/CaptureRing.java",
            List.of(new SeededBug.Edit(
                    "slab.memory.put(payloadAt, payload, from, length);",
                    "slab.markerRelease(at, marker.at(position)); Thread.yield();"
                            + " slab.memory.put(payloadAt, payload, from, length);",
                    2)));

    /** A power cut takes the names of sealed segments. */
    static final SeededBug NO_DIRECTORY_FORCE = new SeededBug(
            "no-directory-force",
            STORE,
            List.of(
                    new SeededBug.Edit("                FlowDirectory.force(to.getParent());\n", "", 1),
                    new SeededBug.Edit(
                            "FlowDirectory.force(above);", "if (above == null) { FlowDirectory.force(root); }", 1)));

    static final List<SeededBug> ALL = List.of(MARKER_BEFORE_PAYLOAD, NO_DIRECTORY_FORCE);

    private SeededBugs() {}

    static Optional<SeededBug> named(String name) {
        return ALL.stream().filter(bug -> bug.name().equals(name)).findFirst();
    }
}
