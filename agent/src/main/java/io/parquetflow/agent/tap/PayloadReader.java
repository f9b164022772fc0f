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
            readerIndex = LOOKUP.findVirtual(byteBuf, "readerIndex", MethodType.methodType(int.class))
                    .asType(NUMBER);
            readableBytes = LOOKUP.findVirtual(byteBuf, "readableBytes", MethodType.methodType(int.class))
                    .asType(NUMBER);
            getBytes = LOOKUP.findVirtual(byteBuf, "getBytes", MethodType.methodType(byteBuf, int.class, byte[].class))
                    .asType(MethodType.methodType(Object.class, Object.class, int.class, byte[].class));
        }

        @Override
        byte[] whole(Object payload, int most) {
            try {
                int length = Math.min(most, (int) readableBytes.invokeExact(payload));
                return part(payload, (int) readerIndex.invokeExact(payload), length);
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }

        @Override
        byte[] part(Object payload, int offset, int length) {
            byte[] bytes = new byte[length];
            try {
                Object same = getBytes.invokeExact(payload, offset, bytes);
                return same == null ? null : bytes;
            } catch (Throwable t) {
                throw unexpected(t);
            }
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
            content = LOOKUP.findVirtual(holder, "content", MethodType.methodType(byteBuf))
                    .asType(MethodType.methodType(Object.class, Object.class));
            sender = address(addressed, "sender");
            recipient = address(addressed, "recipient");
        }

        private static MethodHandle address(Class<?> addressed, String getter) throws ReflectiveOperationException {
            return addressed == null
                    ? null
                    : LOOKUP.findVirtual(addressed, getter, MethodType.methodType(SocketAddress.class))
                            .asType(MethodType.methodType(Object.class, Object.class));
        }

        @Override
        Object peer(Object payload, Direction direction) {
            MethodHandle asked = direction == Direction.IN ? sender : recipient;
            try {
                return asked == null ? null : (Object) asked.invokeExact(payload);
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }

        private Object content(Object payload) {
            try {
                return (Object) content.invokeExact(payload);
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }

        @Override
        byte[] whole(Object payload, int most) {
            return reader.whole(content(payload), most);
        }

        @Override
        byte[] part(Object payload, int offset, int length) {
            return reader.part(content(payload), offset, length);
        }
    }

    private static final class Agrona extends PayloadReader {
        private final MethodHandle capacity;
        private final MethodHandle getBytes;
        private final MethodHandle byteBuffer;
        private final MethodHandle wrapAdjustment;

        Agrona(Class<?> directBuffer) throws ReflectiveOperationException {
            capacity = LOOKUP.findVirtual(directBuffer, "capacity", MethodType.methodType(int.class))
                    .asType(NUMBER);
            getBytes = LOOKUP.findVirtual(
                            directBuffer, "getBytes", MethodType.methodType(void.class, int.class, byte[].class))
                    .asType(MethodType.methodType(void.class, Object.class, int.class, byte[].class));
            byteBuffer = LOOKUP.findVirtual(directBuffer, "byteBuffer", MethodType.methodType(ByteBuffer.class))
                    .asType(MethodType.methodType(ByteBuffer.class, Object.class));
            wrapAdjustment = LOOKUP.findVirtual(directBuffer, "wrapAdjustment", MethodType.methodType(int.class))
                    .asType(NUMBER);
        }

        @Override
        int length(Object payload) {
            try {
                return (int) capacity.invokeExact(payload);
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }

        @Override
        ByteBuffer buffer(Object payload) {
            try {
                return (ByteBuffer) byteBuffer.invokeExact(payload);
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }

        @Override
        int bufferOffset(Object payload) {
            try {
                return (int) wrapAdjustment.invokeExact(payload);
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }

        @Override
        byte[] whole(Object payload, int most) {
            try {
                return part(payload, 0, Math.min(most, (int) capacity.invokeExact(payload)));
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }

        @Override
        byte[] part(Object payload, int offset, int length) {
            byte[] bytes = new byte[length];
            try {
                getBytes.invokeExact(payload, offset, bytes);
                return bytes;
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }
    }

    /** What shows its bytes as a buffer of the JDK. */
    private static final class Viewed extends PayloadReader {
        private final MethodHandle view;

        Viewed(Class<?> type, String method) throws ReflectiveOperationException {
            view = LOOKUP.findVirtual(type, method, MethodType.methodType(ByteBuffer.class))
                    .asType(MethodType.methodType(ByteBuffer.class, Object.class));
        }

        private ByteBuffer view(Object payload) {
            try {
                return (ByteBuffer) view.invokeExact(payload);
            } catch (Throwable t) {
                throw unexpected(t);
            }
        }

        @Override
        byte[] whole(Object payload, int most) {
            ByteBuffer buffer = view(payload);
            return part(payload, buffer.position(), Math.min(most, buffer.remaining()));
        }

        @Override
        byte[] part(Object payload, int offset, int length) {
            byte[] bytes = new byte[length];
            view(payload).get(offset, bytes);
            return bytes;
        }
    }
}
