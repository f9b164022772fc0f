package io.parquetflow.agentit;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.aeron.protocol.DataHeaderFlyweight;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publications and subscriptions of Aeron in one process with its driver: by UDP on loopback and by IPC, each read with a
 * handler that is a class, with a lambda, with a {@code FragmentAssembler} (messages longer than a fragment), with a
 * controlled poll that now and then refuses a message at first, and block by block.
 */
public final class AeronFeed {
    private static final int MESSAGES = 200;
    private static final int LIMIT = 10;
    private static final int BLOCK_BYTES = 16 << 10;

    private final Aeron aeron;
    private final Random random = new Random(7);
    private final Tally all = new Tally("all");
    private int stream = 1000;

    private AeronFeed(Aeron aeron) {
        this.aeron = aeron;
    }

    /** Argument: a directory for the driver. */
    public static void main(String[] args) {
        System.out.println("pid=" + ProcessHandle.current().pid());
        MediaDriver.Context settings = new MediaDriver.Context()
                .aeronDirectoryName(Path.of(args[0], "aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .termBufferSparseFile(true)
                .publicationTermBufferLength(1 << 18)
                .ipcTermBufferLength(1 << 18)
                .dirDeleteOnShutdown(true);
        try (MediaDriver driver = MediaDriver.launchEmbedded(settings);
                Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()))) {
            AeronFeed feed = new AeronFeed(aeron);
            feed.everyWay("udp", "aeron:udp?endpoint=127.0.0.1:0");
            feed.everyWay("ipc", "aeron:ipc");
            feed.all.print();
        }
    }

    private void everyWay(String name, String channel) {
        Tally named = new Tally(name + ".named");
        FragmentHandler handler = new Named(named, all);
        run(named, channel, 1000, subscription -> subscription.poll(handler, LIMIT));

        Tally lambda = new Tally(name + ".lambda");
        run(
                lambda,
                channel,
                1000,
                subscription -> subscription.poll(
                        (buffer, offset, length, header) -> count(lambda, all, buffer, offset, length), LIMIT));

        Tally assembled = new Tally(name + ".assembler");
        FragmentAssembler assembler = new FragmentAssembler(new Named(assembled, all));
        run(assembled, channel, 8000, subscription -> subscription.poll(assembler, LIMIT));

        Tally controlled = new Tally(name + ".controlled");
        Refusing refusing = new Refusing(controlled, all);
        run(controlled, channel, 1000, subscription -> subscription.controlledPoll(refusing, LIMIT));

        Tally block = new Tally(name + ".block");
        run(block, channel, 1000, subscription -> (int) subscription.blockPoll(
                (buffer, offset, length, session, term) -> countFrames(block, buffer, offset, length), BLOCK_BYTES));

        Tally raw = new Tally(name + ".raw");
        run(raw, channel, 1000, subscription -> (int) subscription.rawPoll(
                (file, fileOffset, buffer, offset, length, session, term) -> countFrames(raw, buffer, offset, length),
                BLOCK_BYTES));
    }

    private interface Poll {
        int poll(Subscription subscription);
    }

    private void run(Tally tally, String channel, int most, Poll poll) {
        stream++;
        try (Subscription subscription = aeron.addSubscription(channel, stream)) {
            String to = channel;
            while (channel.contains("endpoint") && to.equals(channel)) {
                String resolved = subscription.tryResolveChannelEndpointPort();
                to = resolved == null ? channel : resolved;
                LockSupport.parkNanos(100_000);
            }
            try (Publication publication = aeron.addPublication(to, stream)) {
                while (!publication.isConnected() || subscription.hasNoImages()) {
                    LockSupport.parkNanos(100_000);
                }
                for (int i = 0; i < MESSAGES; i++) {
                    byte[] message = new byte[random.nextInt(most)];
                    random.nextBytes(message);
                    UnsafeBuffer buffer = new UnsafeBuffer(message);
                    while (publication.offer(buffer) < 0) {
                        poll.poll(subscription);
                    }
                }
                while (tally.messages() < MESSAGES) {
                    poll.poll(subscription);
                }
            }
        }
        tally.print();
    }

    /** A block is frames one after the other, each with its header, or one that only fills the term up. */
    private void countFrames(Tally tally, DirectBuffer block, int offset, int length) {
        for (int at = offset; at < offset + length; ) {
            int frame = block.getInt(at + DataHeaderFlyweight.FRAME_LENGTH_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN);
            short type = block.getShort(at + DataHeaderFlyweight.TYPE_FIELD_OFFSET, ByteOrder.LITTLE_ENDIAN);
            if (type == DataHeaderFlyweight.HDR_TYPE_DATA) {
                int header = DataHeaderFlyweight.HEADER_LENGTH;
                count(tally, all, block, at + header, frame - header);
            }
            at += BitUtil.align(frame, FrameDescriptor.FRAME_ALIGNMENT);
        }
    }

    private static void count(Tally one, Tally all, DirectBuffer buffer, int offset, int length) {
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        one.count(copy);
        all.count(copy);
    }

    private static final class Named implements FragmentHandler {
        private final Tally tally;
        private final Tally all;

        Named(Tally tally, Tally all) {
            this.tally = tally;
            this.all = all;
        }

        @Override
        public void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
            count(tally, all, buffer, offset, length);
        }
    }

    /** Each seventh message is taken only when it comes again. */
    private static final class Refusing implements ControlledFragmentHandler {
        private final Tally tally;
        private final Tally all;
        private boolean refused;

        Refusing(Tally tally, Tally all) {
            this.tally = tally;
            this.all = all;
        }

        @Override
        public Action onFragment(DirectBuffer buffer, int offset, int length, Header header) {
            if (tally.messages() % 7 == 3 && !refused) {
                refused = true;
                return Action.ABORT;
            }
            refused = false;
            count(tally, all, buffer, offset, length);
            return Action.CONTINUE;
        }
    }
}
