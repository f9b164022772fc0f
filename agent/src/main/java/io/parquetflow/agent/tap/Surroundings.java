package io.parquetflow.agent.tap;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/**
 * Both ends of a channel, by asking it. Types of libraries are asked by name: the agent does not see the application's
 * classes.
 *
 * @param local where the application is, or null
 * @param remote where the other side is, or null where each datagram has its own
 */
record Surroundings(Object local, Object remote) {
    static Surroundings of(Object channel) {
        try {
            if (channel instanceof DatagramChannel datagrams) {
                return new Surroundings(datagrams.getLocalAddress(), datagrams.getRemoteAddress());
            }
            if (channel instanceof SocketChannel connection) {
                return new Surroundings(connection.getLocalAddress(), connection.getRemoteAddress());
            }
        } catch (IOException e) {
            return new Surroundings(null, null); // closed meanwhile
        }
        if (channel instanceof Socket socket) {
            return new Surroundings(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
        }
        if (channel instanceof DatagramSocket datagramSocket) {
            return new Surroundings(datagramSocket.getLocalSocketAddress(), datagramSocket.getRemoteSocketAddress());
        }
        return ofLibrary(channel);
    }

    /** Of a channel that may be connected to somebody else the next time; null of all others, and when it is closed. */
    static Object connectedTo(Object channel) {
        try {
            return channel instanceof DatagramChannel datagrams ? datagrams.getRemoteAddress() : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static Surroundings ofLibrary(Object object) {
        Object channel = ask(object, "channel"); // a Netty pipeline
        if (channel != null) {
            return new Surroundings(ask(channel, "localAddress"), ask(channel, "remoteAddress"));
        }
        Object subscription = ask(object, "subscription"); // an Aeron image
        if (subscription != null) {
            return new Surroundings(
                    ask(subscription, "channel") + " stream " + ask(subscription, "streamId"),
                    ask(object, "sourceIdentity") + " session " + ask(object, "sessionId"));
        }
        return new Surroundings(ask(object, "getLocalAddress"), ask(object, "getRemoteAddress")); // a MINA session
    }

    /** What a public method without arguments answers; null where there is none or it fails. */
    static Object ask(Object object, String method) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            Object answer = Modifier.isPublic(type.getModifiers()) ? call(type, object, method) : null;
            for (Class<?> face : type.getInterfaces()) {
                answer = answer == null ? call(face, object, method) : answer;
            }
            if (answer != null) {
                return answer;
            }
        }
        return null;
    }

    private static Object call(Class<?> type, Object object, String name) {
        try {
            Method method = type.getMethod(name);
            return method.invoke(object);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return null;
        }
    }

    /** 0 when there is none. */
    int localPort() {
        return local instanceof InetSocketAddress address ? address.getPort() : 0;
    }
}
