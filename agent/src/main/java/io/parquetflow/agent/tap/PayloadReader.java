package io.parquetflow.agent.tap;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Reads buffers of libraries, which the agent knows by name only: Netty's {@code ByteBuf} and what holds one, Agrona's
 * {@code DirectBuffer}, MINA's {@code IoBuffer}, the JDK's {@code MemorySegment}. Indexes and reference counts stay as they
 * are.
 *
 * <p>Thread-safe: immutable.
 */
abstract class PayloadReader {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();
    private static final MethodType NUMBER = MethodType.methodType(int.class, Object.class);
    private static final MethodType OBJECT = MethodType.methodType(Object.class, Object.class);
    private static final MethodType COPY = MethodType.methodType(void.class, Object.class, int.class, byte[].class);

    /** Null when there is nothing in it that could be read. */
    abstract byte[] whole(Object payload, int most);

    abstract byte[] part(Object payload, int offset, int length);

    /** Who sent it, or who is to get it, where it says so. */
    Object peer(Object payload, Direction direction) {
        return null;
    }

    /** Of a buffer's memory. */
    int length(Object payload) {
        throw new IllegalStateException("not a log buffer: " + payload.getClass());
    }

    /** What it lies in. */
    ByteBuffer buffer(Object payload) {
        throw new IllegalStateException("not a log buffer: " + payload.getClass());
    }

    /** Where in that. */
    int bufferOffset(Object payload) {
        throw new IllegalStateException("not a log buffer: " + payload.getClass());
    }

    static PayloadReader of(Class<?> type) {
        try {
            Class<?> known = find(type, "io.netty.buffer.ByteBuf");
            if (known != null) {
                return new Netty(known);
            }
            known = find(type, "io.netty.buffer.ByteBufHolder");
            if (known != null) {
                return new Held(known, find(type, "io.netty.channel.AddressedEnvelope"));
            }
            known = find(type, "org.agrona.DirectBuffer");
            if (known != null) {
                return new Agrona(known);
            }
            known = find(type, "org.apache.mina.core.buffer.IoBuffer");
            if (known != null) {
                return new Viewed(known, "buf");
            }
            known = find(type, "java.lang.foreign.MemorySegment");
            if (known != null) {
                return new Viewed(known, "asByteBuffer");
            }
        } catch (ReflectiveOperationException e) {
            return new None();
        }
        return new None();
    }

    private static Class<?> find(Class<?> type, String name) {
        if (type == null || type.getName().equals(name)) {
            return type;
        }
        for (Class<?> face : type.getInterfaces()) {
            Class<?> found = find(face, name);
            if (found != null) {
                return found;
            }
        }
        return find(type.getSuperclass(), name);
    }

    /** A getter of a number, called as if of any object. */
    private static MethodHandle number(Class<?> type, String name) throws ReflectiveOperationException {
        return LOOKUP.findVirtual(type, name, MethodType.methodType(int.class)).asType(NUMBER);
    }

    /** A getter of an object. */
    private static MethodHandle object(Class<?> type, String name, Class<?> answer)
            throws ReflectiveOperationException {
        return LOOKUP.findVirtual(type, name, MethodType.methodType(answer)).asType(OBJECT);
    }

    /** {@code getBytes(index, array)}. */
    private static MethodHandle copy(Class<?> type, Class<?> answer) throws ReflectiveOperationException {
        return LOOKUP.findVirtual(type, "getBytes", MethodType.methodType(answer, int.class, byte[].class))
                .asType(COPY);
    }

    private static int number(MethodHandle getter, Object of) {
        try {
            return (int) getter.invokeExact(of);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static Object object(MethodHandle getter, Object of) {
        try {
            return (Object) getter.invokeExact(of);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static byte[] copy(MethodHandle getBytes, Object of, int offset, int length) {
        byte[] bytes = new byte[length];
        try {
            getBytes.invokeExact(of, offset, bytes);
        } catch (Throwable t) {
            throw unexpected(t);
        }
        return bytes;
    }

    private static RuntimeException unexpected(Throwable t) {
        return t instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(t);
    }

    private static final class None extends PayloadReader {
        @Override
        byte[] whole(Object payload, int most) {
            return null;
        }

        @Override
        byte[] part(Object payload, int offset, int length) {
            return null;
        }
    }

    private static final class Netty extends PayloadReader {
        private final MethodHandle readerIndex;
        private final MethodHandle readableBytes;
        private final MethodHandle getBytes;

        Netty(Class<?> byteBuf) throws ReflectiveOperationException {
            readerIndex = number(byteBuf, "readerIndex");
            readableBytes = number(byteBuf, "readableBytes");
            getBytes = copy(byteBuf, byteBuf);
        }

        @Override
        byte[] whole(Object payload, int most) {
            return part(payload, number(readerIndex, payload), Math.min(most, number(readableBytes, payload)));
        }

        @Override
        byte[] part(Object payload, int offset, int length) {
            return copy(getBytes, payload, offset, length);
        }
    }

    private static final class Held extends PayloadReader {
        private final MethodHandle content;
        private final MethodHandle sender; // null: it does not say
        private final MethodHandle recipient; // null as well
        private final PayloadReader reader;

        Held(Class<?> holder, Class<?> addressed) throws ReflectiveOperationException {
            Class<?> byteBuf = Class.forName("io.netty.buffer.ByteBuf", false, holder.getClassLoader());
            reader = new Netty(byteBuf);
            content = object(holder, "content", byteBuf);
            sender = addressed == null ? null : object(addressed, "sender", SocketAddress.class);
            recipient = addressed == null ? null : object(addressed, "recipient", SocketAddress.class);
        }

        @Override
        Object peer(Object payload, Direction direction) {
            MethodHandle asked = direction == Direction.IN ? sender : recipient;
            return asked == null ? null : object(asked, payload);
        }

        @Override
        byte[] whole(Object payload, int most) {
            return reader.whole(object(content, payload), most);
        }

        @Override
        byte[] part(Object payload, int offset, int length) {
            return reader.part(object(content, payload), offset, length);
        }
    }

    private static final class Agrona extends PayloadReader {
        private final MethodHandle capacity;
        private final MethodHandle getBytes;
        private final MethodHandle byteBuffer;
        private final MethodHandle wrapAdjustment;

        Agrona(Class<?> directBuffer) throws ReflectiveOperationException {
            capacity = number(directBuffer, "capacity");
            getBytes = copy(directBuffer, void.class);
            byteBuffer = object(directBuffer, "byteBuffer", ByteBuffer.class);
            wrapAdjustment = number(directBuffer, "wrapAdjustment");
        }

        @Override
        int length(Object payload) {
            return number(capacity, payload);
        }

        @Override
        ByteBuffer buffer(Object payload) {
            return (ByteBuffer) object(byteBuffer, payload);
        }

        @Override
        int bufferOffset(Object payload) {
            return number(wrapAdjustment, payload);
        }

        @Override
        byte[] whole(Object payload, int most) {
            return part(payload, 0, Math.min(most, length(payload)));
        }

        @Override
        byte[] part(Object payload, int offset, int length) {
            return copy(getBytes, payload, offset, length);
        }
    }

    /** What shows its bytes as a buffer of the JDK. */
    private static final class Viewed extends PayloadReader {
        private final MethodHandle view;

        Viewed(Class<?> type, String method) throws ReflectiveOperationException {
            view = object(type, method, ByteBuffer.class);
        }

        @Override
        byte[] whole(Object payload, int most) {
            ByteBuffer buffer = (ByteBuffer) object(view, payload);
            return part(payload, buffer.position(), Math.min(most, buffer.remaining()));
        }

        @Override
        byte[] part(Object payload, int offset, int length) {
            byte[] bytes = new byte[length];
            ((ByteBuffer) object(view, payload)).get(offset, bytes);
            return bytes;
        }
    }
}
