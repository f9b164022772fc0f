package io.parquetflow.bench.crash;

import io.parquetflow.spi.Durability;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What all techniques of one test have in common.
 *
 * @param home where everything lies that is made
 * @param seed everything that is drawn follows from it, but for what the machine does
 * @param durability of the sinks
 * @param kills how many random ones; the others follow
 * @param scale how many of the others
 * @param lifeNs how long a child lives at most
 * @param quick whether a sample of system calls and crash points will do
 * @param keep whether directories of failures stay
 * @param points crash points to halt at
 * @param classPath of the children
 * @param out where progress goes
 */
record Settings(
        Path home,
        long seed,
        Durability durability,
        int kills,
        Scale scale,
        long lifeNs,
        boolean quick,
        boolean keep,
        List<String> points,
        String classPath,
        PrintStream out) {
    /**
     * How much of everything there is to do.
     *
     * @param pointHits how often to halt at each crash point
     * @param powerCuts for each file system
     * @param syscallStride every n-th system call is killed at
     */
    record Scale(int pointHits, int powerCuts, int syscallStride) {}

    Settings with(Durability other) {
        return new Settings(home, seed, other, kills, scale, lifeNs, quick, keep, points, classPath, out);
    }
}
