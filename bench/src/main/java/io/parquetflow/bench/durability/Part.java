package io.parquetflow.bench.durability;

import java.io.IOException;

/** One of the questions that {@code flow bench durability} answers. */
interface Part {
    /** Runs, as often as it takes. */
    void run(Rounds rounds) throws IOException, InterruptedException;

    /** Says what came out. */
    void judge(Verdicts verdicts);
}
