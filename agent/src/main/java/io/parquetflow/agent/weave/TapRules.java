package io.parquetflow.agent.weave;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.parquetflow.agent.config.Tap;
import io.parquetflow.agent.tap.Capture;
import io.parquetflow.agent.tap.Direction;
import io.parquetflow.agent.tap.Point;
import io.parquetflow.agent.tap.Reading;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * Where each tap sits. Always a public method that both JDK 17 and 25, and all supported releases of a library have, and
 * never one that another one of them calls.
 *
 * <p>Thread-safe: immutable.
 */
final class TapRules {
    private static final String BUFFER = "java.nio.ByteBuffer";
    private static final String INT = "int";
    private static final String OBJECT = "java.lang.Object";
    private static final String CONTEXT = "io.netty.channel.ChannelHandlerContext";
    private static final String PROMISE = "io.netty.channel.ChannelPromise";

    private final List<Rule> rules = new ArrayList<>();
    private final Point in;
    private final Point out; // null: what is sent is not recorded

    private TapRules(Point in, Point out) {
        this.in = in;
        this.out = out;
    }

    static List<Rule> of(Tap tap, boolean takesOut, Capture capture) {
        Reading reading =
                switch (tap) {
                    case UDP, TCP -> Reading.BYTES;
                    case NETTY -> Reading.WHOLE;
                    case AERON -> Reading.FRAMES;
                    case QUICKFIXJ -> Reading.LATIN;
                };
        Point in = capture.add(tap.word(), Direction.IN, reading);
        Point out = takesOut && tap != Tap.AERON ? capture.add(tap.word(), Direction.OUT, reading) : null;
        TapRules of = new TapRules(in, out);
        switch (tap) {
            case UDP -> of.udp();
            case TCP -> of.tcp();
            case NETTY -> of.netty();
            case AERON -> of.aeron();
            case QUICKFIXJ -> of.quickfixj();
        }
        return of.rules;
    }

    private void udp() {
        String channel = "sun.nio.ch.DatagramChannelImpl";
        add(in, channel, "receive", ReceiveAdvice.class, null, BUFFER);
        add(in, channel, "read", BufferAdvice.class, null, BUFFER);
        add(in, channel, "read", BuffersAdvice.class, null, BUFFER + "[]", INT, INT);
        add(out, channel, "send", SendAdvice.class, null, BUFFER, "java.net.SocketAddress");
        add(out, channel, "write", BufferAdvice.class, null, BUFFER);
        add(out, channel, "write", BuffersAdvice.class, null, BUFFER + "[]", INT, INT);
        String socket = "sun.nio.ch.DatagramSocketAdaptor";
        add(in, socket, "receive", PacketAdvice.class, null, "java.net.DatagramPacket");
        // its send calls that of the channel
    }

    private void tcp() {
        String channel = "sun.nio.ch.SocketChannelImpl";
        add(in, channel, "read", BufferAdvice.class, null, BUFFER);
        add(in, channel, "read", BuffersAdvice.class, null, BUFFER + "[]", INT, INT);
        add(out, channel, "write", BufferAdvice.class, null, BUFFER);
        add(out, channel, "write", BuffersAdvice.class, null, BUFFER + "[]", INT, INT);
        String[] bytes = {"byte[]", INT, INT};
        add(in, "java.net.Socket$SocketInputStream", "read", SocketReadAdvice.class, "parent", bytes);
        add(out, "java.net.Socket$SocketOutputStream", "write", SocketWriteAdvice.class, "parent", bytes);
        // streams of a channel's socket: JDK 17, then later ones
        add(in, "sun.nio.ch.SocketAdaptor$1", "read", SocketReadAdvice.class, "this$0", bytes);
        add(out, "sun.nio.ch.SocketAdaptor$2", "write", SocketWriteAdvice.class, "this$0", bytes);
        add(in, "sun.nio.ch.SocketInputStream", "read", SocketReadAdvice.class, "sc", bytes);
        add(out, "sun.nio.ch.SocketOutputStream", "write", SocketWriteAdvice.class, "sc", bytes);
    }

    /** All messages pass the first context; of a channel with TLS the clear ones come from, and go to, that handler's. */
    private void netty() {
        add(in, "io.netty.channel.AbstractChannelHandlerContext", "fireChannelRead", MessageAdvice.class, null, OBJECT);
        String[] write = {CONTEXT, OBJECT, PROMISE};
        add(
                out,
                "io.netty.channel.DefaultChannelPipeline$HeadContext",
                "write",
                SessionMessageAdvice.class,
                null,
                write);
        add(out, "io.netty.handler.ssl.SslHandler", "write", SessionMessageAdvice.class, null, write);
    }

    private void aeron() {
        for (String poll :
                List.of("poll", "boundedPoll", "controlledPoll", "boundedControlledPoll", "blockPoll", "rawPoll")) {
            rules.add(new Rule(in, named("io.aeron.Image"), named(poll), PositionMoves.class, null, false));
        }
    }

    private void quickfixj() {
        String session = "org.apache.mina.core.session.IoSession";
        add(
                in,
                "quickfix.mina.AbstractIoHandler",
                "messageReceived",
                SessionMessageAdvice.class,
                null,
                session,
                OBJECT);
        add(out, "quickfix.mina.IoSessionResponder", "send", OwnedMessageAdvice.class, "ioSession", "java.lang.String");
    }

    private void add(Point point, String type, String method, Class<?> advice, String owner, String... arguments) {
        if (point != null) {
            rules.add(new Rule(point, named(type), signature(method, arguments), advice, owner, false));
        }
    }

    private static ElementMatcher<MethodDescription> signature(String method, String... arguments) {
        ElementMatcher.Junction<MethodDescription> matcher =
                isPublic().and(named(method)).and(takesArguments(arguments.length));
        return matcher.and(target -> {
            for (int i = 0; i < arguments.length; i++) {
                if (!PayloadArgument.name(
                                target.getParameters().get(i).getType().asErasure())
                        .equals(arguments[i])) {
                    return false;
                }
            }
            return true;
        });
    }
}
