package io.parquetflow.bench;

import io.parquetflow.bench.sink.Load;
import io.parquetflow.bench.sink.Load.Kind;
import io.parquetflow.spi.Codec;
import io.parquetflow.spi.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was asked for on the command line becomes loads. Null and empty stand for the part's own default, which is what
 * its targets are about.
 *
 * @param seconds measured
 * @param warmup seconds before
 * @param rate calls a second
 * @param sizes of payloads
 * @param producers threads of part c
 * @param codecs compression
 * @param durability of the sinks
 * @param directory of every run; each finds it empty
 */
record Plan(
        Double seconds,
        double warmup,
        Long rate,
        List<Integer> sizes,
        List<Integer> producers,
        List<Codec> codecs,
        Durability durability,
        Path directory) {
    /** What can be asked for. */
    enum Part {
        A,
        B,
        C,
        IDLE,
        SOAK
    }

    private static final long ACCEPT_RATE = 1_000_000;
    private static final long SOAK_RATE = 500_000;
    private static final int SIZE = 256;
    private static final List<Integer> THROUGHPUT_SIZES = List.of(64, SIZE, 1024);
    private static final double ACCEPT_SECONDS = 30;
    private static final double THROUGHPUT_SECONDS = 10;
    private static final double IDLE_SECONDS = 20;
    private static final double SOAK_SECONDS = 600;
    /** Long enough for the writer thread to have gone to its longest sleep. */
    private static final double IDLE_WARMUP_SECONDS = 2;

    /** One round. The no-op comes along with whatever it is the baseline of. */
    List<Load> loads(List<Part> parts) {
        List<Load> loads = new ArrayList<>();
        if (parts.contains(Part.A) || parts.contains(Part.B)) {
            loads.add(paced(Kind.NOOP, ACCEPT_RATE, Codec.UNCOMPRESSED, ACCEPT_SECONDS));
        }
        if (parts.contains(Part.A)) {
            loads.add(paced(Kind.ACCEPT_OURS, ACCEPT_RATE, Codec.UNCOMPRESSED, ACCEPT_SECONDS));
            loads.add(paced(Kind.ACCEPT_CALLER, ACCEPT_RATE, Codec.UNCOMPRESSED, ACCEPT_SECONDS));
        }
        if (parts.contains(Part.B)) {
            loads.add(paced(Kind.REFUSE, ACCEPT_RATE, Codec.UNCOMPRESSED, ACCEPT_SECONDS));
        }
        if (parts.contains(Part.C)) {
            throughput(loads);
        }
        if (parts.contains(Part.IDLE)) {
            double warm = Math.min(warmup, IDLE_WARMUP_SECONDS);
            loads.add(new Load(Kind.IDLE, 0, 0, 0, Codec.ZSTD, durability, 0, measured(IDLE_SECONDS), warm, directory));
        }
        if (parts.contains(Part.SOAK)) {
            loads.add(paced(Kind.SOAK, SOAK_RATE, Codec.ZSTD, SOAK_SECONDS));
        }
        return loads;
    }

    private Load paced(Kind kind, long defaultRate, Codec defaultCodec, double defaultSeconds) {
        return new Load(
                kind,
                rate == null ? defaultRate : rate,
                isEmpty(sizes) ? SIZE : sizes.get(0),
                1,
                isEmpty(codecs) ? defaultCodec : codecs.get(0),
                durability,
                0,
                measured(defaultSeconds),
                warmup,
                directory);
    }

    private void throughput(List<Load> loads) {
        for (int size : isEmpty(sizes) ? THROUGHPUT_SIZES : sizes) {
            for (int threads : producers) {
                for (Codec codec : isEmpty(codecs) ? List.of(Codec.UNCOMPRESSED, Codec.ZSTD) : codecs) {
                    double measured = measured(THROUGHPUT_SECONDS);
                    loads.add(new Load(
                            Kind.THROUGHPUT, 0, size, threads, codec, durability, 0, measured, warmup, directory));
                }
            }
        }
    }

    private double measured(double fallback) {
        return seconds == null ? fallback : seconds;
    }

    private static boolean isEmpty(List<?> list) {
        return list == null || list.isEmpty();
    }
}
