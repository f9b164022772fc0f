package io.parquetflow.cli.inspect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Payloads that no rows could be made of, which lie whole beside the segments.
 *
 * <p>Thread-safe: immutable.
 *
 * @param files that hold them
 * @param payloads in those files
 * @param unreadable files whose footer cannot be read
 */
record RejectTotals(int files, long payloads, int unreadable) {
    /** Of a sink's directory; of a single segment there are none. */
    static RejectTotals of(Path target, Consumer<IOException> complaints) throws IOException {
        List<Path> files = SegmentFiles.rejects(target);
        long payloads = 0;
        int unreadable = 0;
        for (Path file : files) {
            try (SegmentBytes bytes = SegmentBytes.open(file)) {
                payloads += SegmentFooter.read(bytes).meta().getNum_rows();
            } catch (IOException e) {
                unreadable++;
                complaints.accept(e);
            }
        }
        return new RejectTotals(files.size(), payloads, unreadable);
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("files", files);
        map.put("payloads", payloads);
        return map;
    }
}
