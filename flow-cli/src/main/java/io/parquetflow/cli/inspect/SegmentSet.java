package io.parquetflow.cli.inspect;

import io.parquetflow.cli.shell.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a command reads: sealed segments, and with {@code --live} what is not sealed yet, in files that go when
 * this is closed.
 *
 * <p>Not thread-safe.
 */
final class SegmentSet implements AutoCloseable {
    private final List<Path> files;
    private final List<Undecoded> undecoded;
    private final List<String> remarks;
    private final TemporaryDirectory temporary;

    /**
     * Payloads that a decoder was to make rows of, as they are.
     *
     * @param file Parquet
     * @param sink the sink's name
     * @param decoder the decoder's name
     */
    record Undecoded(Path file, String sink, String decoder) {}

    /** With files that are made for it, {@code temporary} is not null. */
    SegmentSet(List<Path> files, List<Undecoded> undecoded, List<String> remarks, TemporaryDirectory temporary) {
        this.files = List.copyOf(files);
        this.undecoded = List.copyOf(undecoded);
        this.remarks = List.copyOf(remarks);
        this.temporary = temporary;
    }

    static SegmentSet sealed(Path target) throws IOException {
        return new SegmentSet(SegmentFiles.find(target), List.of(), List.of(), null);
    }

    /** The oldest first. */
    List<Path> files() {
        return files;
    }

    /** Whether a file holds what is not sealed yet. */
    boolean isUnsealed(Path file) {
        return temporary != null && file.startsWith(temporary.path());
    }

    /** What cannot be read, in words. */
    List<String> remarks() {
        return remarks;
    }

    List<Undecoded> undecoded() {
        return undecoded;
    }

    /** Says what is not shown, for commands that cannot show raw payloads among decoded rows. */
    void tell(PrintWriter err) {
        List<String> lines = new ArrayList<>(remarks);
        undecoded.forEach(
                part -> lines.add("sink " + part.sink() + ": what is not sealed yet is not shown, it is for decoder "
                        + part.decoder() + "; flow sql --live has the payloads in " + undecodedView(part.sink())));
        lines.stream().distinct().forEach(line -> err.println("flow: " + Text.oneLine(line)));
        err.flush();
    }

    /** Says what cannot be read at all. */
    void tellRemarks(PrintWriter err) {
        remarks.forEach(line -> err.println("flow: " + Text.oneLine(line)));
        err.flush();
    }

    static String undecodedView(String sink) {
        return sink + "_undecoded";
    }

    @Override
    public void close() throws IOException {
        if (temporary != null) {
            temporary.close();
        }
    }
}
