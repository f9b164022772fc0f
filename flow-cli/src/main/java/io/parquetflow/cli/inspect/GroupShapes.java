package io.parquetflow.cli.inspect;

import java.util.HashMap;
import java.util.Map;

/**
 * Compares what the columns of each group say about it, row group by row group: where they differ, rows cannot be put
 * together.
 *
 * <p>Not thread-safe.
 */
final class GroupShapes {
    private final Map<String, Said> groups = new HashMap<>();
    private int rowGroup = -1;

    /** What the first column of a group says about it. */
    private record Said(String column, long hash) {}

    /** Takes the next chunk that could be read, in the file's order. */
    void add(Chunk chunk, LevelShape shape, Findings findings) {
        if (chunk.rowGroup() != rowGroup) {
            groups.clear();
            rowGroup = chunk.rowGroup();
        }
        for (Map.Entry<String, Long> group : shape.hashes().entrySet()) {
            Said first = groups.putIfAbsent(group.getKey(), new Said(chunk.name(), group.getValue()));
            if (first != null && first.hash() != group.getValue()) {
                findings.error(
                        chunk.start(),
                        chunk.where() + ": levels differ from those of column " + first.column() + " about group "
                                + group.getKey());
                return;
            }
        }
    }
}
