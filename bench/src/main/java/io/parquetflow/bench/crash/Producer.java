package io.parquetflow.bench.crash;

import io.parquetflow.Claim;
import io.parquetflow.Recorder;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands payloads over in bursts, some of which fill the ring, and counts each answer in the oracle. All ways in take
 * turns. A payload that was refused is offered again later, so counters have no holes.
 *
 * <p>Not thread-safe: the run of one thread.
 */
final class Producer implements Runnable {
    private static final int WAYS = 4;
    private static final int BURST = 400;
    private static final int FLOOD = 20_000;
    private static final int FLOOD_ONE_IN = 60;
    private static final int MOST_PAUSE_NS = 4_000_000;
    /** Claims that are opened and given up: nobody was promised anything. */
    private static final int ABORT_ONE_IN = 500;

    private final ChildPlan plan;
    private final int number;
    private final Recorder recorder;
    private final Oracle oracle;
    private final Payload payload;
    private final SplittableRandom random;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(Payload.MOST_BYTES);
    private long accepted;
    private long refused;

    Producer(ChildPlan plan, int number, Recorder recorder, Oracle oracle) {
        this.plan = plan;
        this.number = number;
        this.recorder = recorder;
        this.oracle = oracle;
        this.payload = new Payload(plan.seed());
        this.random = new SplittableRandom(Payload.mix(plan.seed() ^ plan.generation()) ^ number);
    }

    @Override
    public void run() {
        while (accepted < plan.mostRecords()) {
            int burst = random.nextInt(FLOOD_ONE_IN) == 0 ? FLOOD : 1 + random.nextInt(BURST);
            for (int i = 0; i < burst && accepted < plan.mostRecords(); i++) {
                int length = payload.make(plan.generation(), number, accepted);
                if (offer(length)) {
                    oracle.accepted(number, ++accepted);
                } else {
                    oracle.refused(number, ++refused);
                    break; // full: the pause is what it needs
                }
            }
            LockSupport.parkNanos(random.nextInt(MOST_PAUSE_NS));
        }
    }

    private boolean offer(int length) {
        byte[] bytes = payload.bytes();
        return switch ((int) (accepted % WAYS)) {
            case 0 -> recorder.tryRecord(bytes, 0, length);
            case 1 -> recorder.offer(bytes, 0, length, Recorder.OUR_CLOCK, accepted) >= 0;
            case 2 -> recorder.offer(direct.clear().put(bytes, 0, length).flip()) >= 0;
            default -> claim(bytes, length);
        };
    }

    private boolean claim(byte[] bytes, int length) {
        if (random.nextInt(ABORT_ONE_IN) == 0) {
            Claim given = recorder.tryClaim(length);
            if (given == null) {
                return false;
            }
            given.putBytes(0, bytes, 0, length).abort();
        }
        Claim claim = recorder.tryClaim(length);
        if (claim == null) {
            return false;
        }
        claim.putBytes(0, bytes, 0, length).commit();
        return true;
    }
}
