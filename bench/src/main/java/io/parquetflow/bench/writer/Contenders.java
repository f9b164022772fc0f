package io.parquetflow.bench.writer;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Who takes part.
 *
 * <p>Thread-safe: stateless.
 */
final class Contenders {
    private Contenders() {}

    /**
     * Ours and all peers that can do the task; of the others it is said why they cannot.
     *
     * @param task what is to be written
     * @param only names, all if empty
     * @param out where lines go
     * @throws IllegalArgumentException when there is nobody of a name
     */
    static List<Contender> all(Task task, List<String> only, PrintStream out) {
        FlowWriter.Form plainest = task.workload().isBinary() ? FlowWriter.Form.COPIED : FlowWriter.Form.AUTO;
        List<Contender> all = List.of(
                new RawLengths(),
                new RawMemory(),
                new FlowWriter(task, FlowWriter.Form.AUTO),
                new FlowWriter(task, FlowWriter.Form.COPIED),
                new FlowWriter(task, FlowWriter.Form.TOGETHER),
                new FlowRecords(task),
                new ZstdAlone(task, new FlowWriter(task, plainest)),
                new RecordWriterPeer(task),
                new ColumnStorePeer(task),
                new DuckDbPeer(task),
                new ArrowPeer());
        List<String> names = all.stream().map(Contender::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("no such contender: name=" + name + "; there are " + names);
            }
        }
        List<Contender> fit = new ArrayList<>();
        for (Contender contender : all) {
            if (only.isEmpty() || only.contains(contender.name())) {
                String reason = contender.unfit(task);
                if (reason.isEmpty()) {
                    fit.add(contender);
                } else {
                    out.println("# left out: " + contender.name() + ": " + reason);
                }
            }
        }
        return fit;
    }
}
