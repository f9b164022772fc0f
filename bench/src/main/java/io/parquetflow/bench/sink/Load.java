package io.parquetflow.bench.sink;

import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One run: what is called, how often, how large, for how long.
 *
 * @param kind what is called
 * @param rate calls a second that are intended; 0 where a run waits for room instead
 * @param size bytes of a payload
 * @param producers threads that call
 * @param codec compression of the pages
 * @param durability what the sink promises
 * @param rotateBytes of a segment; 0 for the sink's default
 * @param seconds measured
 * @param warmupSeconds before, not measured
 * @param directory fresh, for segments
 */
public record Load(
        Kind kind,
        long rate,
        int size,
        int producers,
        Codec codec,
        Durability durability,
        long rotateBytes,
        double seconds,
        double warmupSeconds,
        Path directory) {

    /** What a run calls. */
    public enum Kind {
        /** Nothing: what the loop and its clock cost by themselves. */
        NOOP("noop"),
        /** {@code tryRecord}, our clock. */
        ACCEPT_OURS("a.ours"),
        /** {@code tryRecord}, the caller gives the time. */
        ACCEPT_CALLER("a.caller"),
        /** {@code tryRecord} into a ring that is always full. */
        REFUSE("b.full"),
        /** {@code record}, which waits for room. */
        THROUGHPUT("c"),
        /** Nothing at all, on a sink that is open. */
        IDLE("idle"),
        /** {@code tryRecord} for a long time, memory watched. */
        SOAK("soak"),
        /** {@code tryRecord}, a backlog behind it. */
        BURST("burst");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    /**
     * What this run's figures start with; loads with the same name are repetitions.
     *
     * @return for example {@code a.ours} or {@code c.256.1p.zstd}; behind it the durability, where it is not {@code off}
     */
    public String name() {
        String name = kind != Kind.THROUGHPUT
                ? kind.key
                : kind.key + "." + size + "." + producers + "p." + codec.name().toLowerCase(Locale.ROOT);
        return durability == Durability.OFF || kind == Kind.NOOP
                ? name
                : name + "." + durability.name().toLowerCase(Locale.ROOT);
    }

    /**
     * As arguments of {@link SinkRun}.
     *
     * @return options with their values
     */
    public List<String> arguments() {
        return List.of(
                "--kind=" + kind,
                "--rate=" + rate,
                "--size=" + size,
                "--producers=" + producers,
                "--codec=" + codec,
                "--durability=" + durability,
                "--rotate-bytes=" + rotateBytes,
                "--seconds=" + seconds,
                "--warmup=" + warmupSeconds,
                "--directory=" + directory);
    }
}
