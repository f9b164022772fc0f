package io.parquetflow.agent.tap;

import io.parquetflow.Claim;
import io.parquetflow.Recorder;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Makes rows of what woven classes saw, in the ring, on the application's thread: no buffer in between, which a virtual thread
 * would have to pay for. The application's buffers are read by index, and never moved.
 *
 * <p>Thread-safe.
 */
public final class Capture implements Taker {
    private static final int MOST_POINTS = 1 << 16;
    private static final String UDP = "udp"; // the stream of datagrams, and of what became of them
    private static final Endpoint NOWHERE = new Endpoint(-1, null, null, false, null, new Filter(0, 65_535, null));

    private static final AtomicInteger NEXT_FIRST = new AtomicInteger();

    /**
     * Of this capture's places; another capture's have other numbers. A thread that waits in a read while the agent is detached
     * and attached again comes back with a number of the capture before.
     */
    private final int first = NEXT_FIRST.getAndAdd(MOST_POINTS);

    private final Streams streams;
    private final StackOwners owners;
    private volatile CaptureSettings settings;
    private volatile Endpoints endpoints = new Endpoints();
    private final KernelDrops kernelDrops = new KernelDrops(Path.of("/proc/self"));
    private Map<InetSocketAddress, Long> kernelDropsBefore; // null: not looked at yet
    private final Function<Object, Endpoint> describe = this::describe;
    private final AtomicLong ids = new AtomicLong();
    private final ClassValue<PayloadReader> readers = new ClassValue<>() {
        @Override
        protected PayloadReader computeValue(Class<?> type) {
            return PayloadReader.of(type);
        }
    };
    private volatile Point[] points;

    @SuppressWarnings("ThreadLocalUsage") // of one capture: another starts anew
    private final ThreadLocal<Visit> visits = ThreadLocal.withInitial(Visit::new);

    /** A call that a call of ours causes is not the application's. */
    private static final class Visit {
        private boolean isInside;
        private RowStart[] starts = {};

        /** Of rows that belong to no channel, whose thread is all that there is to say. */
        RowStart start(Point point) {
            if (point.index() >= starts.length) {
                starts = Arrays.copyOf(starts, point.index() + 1);
            }
            RowStart known = starts[point.index()];
            if (known == null || !known.isOf(Thread.currentThread())) {
                known = new RowStart(
                        Thread.currentThread(),
                        point.direction().word(),
                        null,
                        null,
                        RowStart.NO_CHANNEL,
                        RowStart.THERE);
                starts[point.index()] = known;
            }
            return known;
        }
    }

    /** What rows go to: a stream of the sink each, as soon as there is one. */
    public interface Streams {
        /**
         * The stream of a point.
         *
         * @param point the point
         * @return null while there is no sink
         */
        Recorder of(Point point);

        /**
         * Opens a sink for a pointcut's arguments.
         *
         * @param stream the pointcut's name
         * @param arguments its columns
         * @return null when it cannot be opened
         */
        TypedRows typed(String stream, Arguments arguments);
    }

    /**
     * Makes a capture without points.
     *
     * @param settings what it takes
     * @param streams where rows go
     * @param owners told of sockets that another tap tells of
     */
    public Capture(CaptureSettings settings, Streams streams, StackOwners owners) {
        this.settings = settings;
        this.streams = streams;
        this.owners = owners;
        this.points = new Point[0];
    }

    /**
     * Takes something else from now on.
     *
     * @param newSettings what it takes
     */
    public void settings(CaptureSettings newSettings) {
        settings = newSettings;
        endpoints = new Endpoints(); // which of them are filtered is asked anew
    }

    /**
     * Adds a place.
     *
     * @param stream column {@code stream}
     * @param direction column {@code direction}
     * @param reading how payloads lie there
     * @return the place, with its number
     */
    public Point add(String stream, Direction direction, Reading reading) {
        return add(stream, direction, reading, null);
    }

    /**
     * Adds a place.
     *
     * @param stream column {@code stream}
     * @param direction column {@code direction}
     * @param reading how payloads lie there
     * @param part field or getter of what is handed over that holds the payload, or null
     * @return the place, with its number
     */
    public synchronized Point add(String stream, Direction direction, Reading reading, String part) {
        Point[] more = Arrays.copyOf(points, points.length + 1);
        if (points.length == MOST_POINTS) {
            throw new IllegalStateException("too many places: detach the agent, and attach it again");
        }
        Point point = new Point(first + points.length, points.length, stream, direction, reading, part);
        more[points.length] = point;
        points = more;
        return point;
    }

    /**
     * All places.
     *
     * @return in the order of their numbers
     */
    public List<Point> points() {
        return List.of(points);
    }

    /**
     * Makes columns of a method's arguments; the first method of a pointcut decides for all of them.
     *
     * @param point a pointcut's
     * @param arguments of a method that is to be woven
     * @return false when another method has other arguments, there is nothing to record, or no sink
     */
    public synchronized boolean columns(Point point, Arguments arguments) {
        if (point.arguments() == null && !arguments.isEmpty()) {
            point.typed(arguments, streams.typed(point.stream(), arguments));
        }
        return point.arguments() != null && point.arguments().signature().equals(arguments.signature());
    }

    /** Opens sinks of pointcuts' arguments anew, where rows go somewhere else. */
    public synchronized void reopen() {
        for (Point point : points) {
            if (point.arguments() != null) {
                point.typed(point.arguments(), streams.typed(point.stream(), point.arguments()));
            }
        }
    }

    /** Tries sinks of pointcuts' arguments that could not be opened. */
    public void openTheRest() {
        for (Point point : points) {
            Arguments arguments = point.arguments();
            if (arguments != null && point.typed() == null) {
                point.typed(arguments, streams.typed(point.stream(), arguments));
            }
        }
    }

    /**
     * Records what the kernel dropped since the last call, of sockets that are recorded: a row without payload each. The first
     * call only looks: what comes before it is not of this capture.
     */
    public synchronized void sampleKernelDrops() {
        Point udp = Arrays.stream(points)
                .filter(point ->
                        point.reading() == Reading.BYTES && point.stream().equals(UDP))
                .findFirst()
                .orElse(null);
        if (udp == null || (kernelDropsBefore != null && !endpoints.hasDatagrams())) {
            return;
        }
        Map<InetSocketAddress, Long> before = kernelDropsBefore;
        Map<InetSocketAddress, Long> now = kernelDrops.read();
        kernelDropsBefore = now;
        if (before == null) {
            return;
        }
        Set<InetSocketAddress> told = new HashSet<>();
        endpoints.forEachDatagram(endpoint -> {
            InetSocketAddress key = KernelDrops.key(
                    endpoint.datagrams().getAddress(), endpoint.datagrams().getPort());
            long increase = KernelDrops.increase(before.get(key), now.get(key));
            if (increase > 0 && told.add(key)) {
                kernelDrops(udp, endpoint, increase);
            }
        });
    }

    private void kernelDrops(Point udp, Endpoint endpoint, long increase) {
        RowStart start =
                new RowStart(Thread.currentThread(), Direction.IN.word(), endpoint.local(), null, endpoint.id(), 0);
        int at = start.bytes.length;
        Recorder to = streams.of(udp);
        Claim row = to == null ? null : to.tryClaim(at + Long.BYTES);
        if (row == null) {
            udp.dropped(1);
            return;
        }
        row.putBytes(0, start.bytes, 0, at).putLong(at, increase).commit();
    }

    @Override
    public void take(int id, Object self, Object payload, long from, long to, Object more) {
        Point point = point(id);
        if (point == null || point.isBroken()) {
            return;
        }
        Visit visit = visits.get();
        if (visit.isInside) {
            return;
        }
        visit.isInside = true;
        try {
            take(visit, point, self, payload, from, to, more);
        } finally {
            visit.isInside = false;
        }
    }

    @Override
    public void failed(int id, Throwable problem) {
        Point point = point(id);
        if (point != null) {
            point.failed(problem);
        }
    }

    /** Null for one of another capture. */
    private Point point(int id) {
        Point[] all = points;
        int index = id - first;
        return index >= 0 && index < all.length ? all[index] : null;
    }

    private void take(Visit visit, Point point, Object self, Object payload, long from, long to, Object more) {
        Endpoint endpoint = self == null ? NOWHERE : endpoints.of(self, describe);
        if (endpoint.isLeftOut()) {
            return;
        }
        if (point.reading() == Reading.ARGUMENTS) {
            arguments(point, (Object[]) payload);
            return;
        }
        boolean isScattered = payload instanceof ByteBuffer[];
        Object address = isScattered ? null : more;
        Peer peer = endpoint.to(address == null ? Surroundings.connectedTo(self) : address);
        if (peer.isFiltered || !point.isTurn(settings.sampleOf())) {
            return;
        }
        RowStart start = endpoint == NOWHERE ? visit.start(point) : peer.start(endpoint, point.direction());
        switch (point.reading()) {
            case BYTES -> {
                if (payload instanceof ByteBuffer buffer) {
                    buffer(point, start, buffer, (int) from, (int) (to - from));
                } else if (isScattered) {
                    buffers(point, start, (ByteBuffer[]) payload, (int) from, to, (int[]) more);
                } else {
                    array(point, start, (byte[]) payload, (int) from, (int) (to - from));
                }
            }
            case WHOLE, LATIN ->
                whole(
                        point,
                        endpoint,
                        start,
                        point.part() == null ? payload : point.part().of(payload));
            case PART -> part(point, start, payload, (int) from, (int) to);
            case FRAMES -> frames(point, start, (Object[]) payload, from, to);
            default -> throw new IllegalStateException("no such reading: " + point.reading());
        }
    }

    private void whole(Point point, Endpoint endpoint, RowStart start, Object payload) {
        if (payload == null) {
            return;
        }
        if (payload instanceof byte[] bytes) {
            array(point, start, bytes, 0, bytes.length);
        } else if (payload instanceof ByteBuffer buffer) {
            buffer(point, start, buffer, buffer.position(), buffer.remaining());
        } else if (payload instanceof CharSequence text) {
            // code of the application must not run while others wait behind a claim
            boolean isJdks = text.getClass().getClassLoader() == null;
            text(point, start, isJdks ? text : Payloads.copy(text));
        } else {
            PayloadReader reader = readers.get(payload.getClass());
            byte[] bytes = reader.whole(payload, settings.maxPayload() + 1);
            if (bytes != null) {
                Object said = reader.peer(payload, point.direction());
                array(point, said == null ? start : start(point, endpoint, said, start), bytes, 0, bytes.length);
            }
        }
    }

    private void part(Point point, RowStart start, Object payload, int offset, int length) {
        if (payload instanceof byte[] bytes) {
            array(point, start, bytes, offset, length);
        } else if (payload instanceof ByteBuffer buffer) {
            buffer(point, start, buffer, offset, length);
        } else if (payload != null) {
            PayloadReader reader = readers.get(payload.getClass());
            byte[] bytes = reader.part(payload, offset, Math.min(length, settings.maxPayload() + 1));
            if (bytes != null) {
                array(point, start, bytes, 0, bytes.length);
            }
        }
    }

    private void arguments(Point point, Object[] values) {
        if (!point.isTurn(settings.sampleOf())) {
            return;
        }
        TypedRows rows = point.typed();
        if (rows != null && rows.write(values)) {
            point.took();
        } else {
            point.dropped(1);
        }
    }

    private void array(Point point, RowStart start, byte[] from, int offset, int length) {
        int kept = Math.min(length, settings.maxPayload());
        try (Claim row = begin(point, start, kept, kept < length)) {
            if (row != null) {
                row.putBytes(start.bytes.length + Integer.BYTES, from, offset, kept);
                commit(point, row);
            }
        }
    }

    private void buffer(Point point, RowStart start, ByteBuffer from, int offset, int length) {
        int kept = Math.min(length, settings.maxPayload());
        try (Claim row = begin(point, start, kept, kept < length)) {
            if (row != null) {
                row.putBytes(start.bytes.length + Integer.BYTES, from, offset, kept);
                commit(point, row);
            }
        }
    }

    private void buffers(Point point, RowStart start, ByteBuffer[] from, int first, long length, int[] positions) {
        int kept = (int) Math.min(length, settings.maxPayload());
        try (Claim row = begin(point, start, kept, kept < length)) {
            if (row != null) {
                Payloads.gather(row, start.bytes.length + Integer.BYTES, kept, from, first, positions);
                commit(point, row);
            }
        }
    }

    /** Messages of an Aeron stream that a poll handed out, behind the application's back: Aeron's frame format. */
    private void frames(Point point, RowStart start, Object[] terms, long from, long to) {
        int termLength = 0;
        for (long position = from; position < to; ) {
            PayloadReader reader = readers.get(terms[0].getClass());
            termLength = termLength == 0 ? reader.length(terms[0]) : termLength;
            int term = (int) (position / termLength % terms.length);
            int offset = (int) (position % termLength);
            ByteBuffer bytes = reader.buffer(terms[term]);
            int at = reader.bufferOffset(terms[term]) + offset;
            int length = AeronFrame.length(bytes, at);
            if (length < AeronFrame.HEADER_BYTES) {
                throw new IllegalStateException("no frame of Aeron's: length=" + length);
            }
            if (AeronFrame.isData(bytes, at)) {
                buffer(point, start, bytes, at + AeronFrame.HEADER_BYTES, length - AeronFrame.HEADER_BYTES);
            }
            position += AeronFrame.aligned(length);
        }
    }

    /** Characters below 256 that are not ASCII take two bytes, as in UTF-8, but where a byte a character is asked for. */
    private void text(Point point, RowStart start, CharSequence text) {
        int chars = text.length();
        int kept = Math.min(chars, settings.maxPayload());
        for (int i = 0; i < kept; i++) {
            if (text.charAt(i) >= 0x80) {
                byte[] bytes = text.toString()
                        .getBytes(
                                point.reading() == Reading.LATIN
                                        ? StandardCharsets.ISO_8859_1
                                        : StandardCharsets.UTF_8);
                array(point, start, bytes, 0, bytes.length);
                return;
            }
        }
        try (Claim row = begin(point, start, kept, kept < chars)) {
            if (row != null) {
                int at = start.bytes.length + Integer.BYTES;
                for (int i = 0; i < kept; i++) {
                    row.putByte(at + i, (byte) text.charAt(i));
                }
                commit(point, row);
            }
        }
    }

    private static void commit(Point point, Claim row) {
        row.commit();
        point.took();
    }

    /** Of a message that says itself who sent it. */
    private static RowStart start(Point point, Endpoint endpoint, Object peer, RowStart otherwise) {
        return endpoint == NOWHERE ? otherwise : endpoint.to(peer).start(endpoint, point.direction());
    }

    /**
     * Null when there is no room: counted. Whatever happens to it afterwards, it has to be closed: records behind an open
     * claim wait.
     */
    private Claim begin(Point point, RowStart start, int length, boolean isCut) {
        Recorder to = streams.of(point);
        int at = start.bytes.length;
        Claim row = to == null ? null : to.tryClaim(at + Integer.BYTES + length);
        if (row == null) {
            point.dropped(1);
            return null;
        }
        row.putBytes(0, start.bytes, 0, at).putInt(at, length);
        return isCut ? row.putByte(at - 1, RowStart.THERE) : row;
    }

    private Endpoint describe(Object channel) {
        Surroundings around = Surroundings.of(channel);
        boolean isLeftOut = !settings.filter().takesLocalPort(around.localPort())
                || NettyContext.isLeftOut(channel)
                || owners.isSomebodyElses(channel, settings.outerPackages());
        boolean isDatagram = !isLeftOut && (channel instanceof DatagramChannel || channel instanceof DatagramSocket);
        return new Endpoint(
                ids.getAndIncrement(),
                isDatagram ? around.local() : null,
                Addresses.text(around.local()),
                isLeftOut,
                around.remote(),
                settings.filter());
    }
}
