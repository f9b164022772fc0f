package io.parquetflow.agent.tap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Addresses as columns {@code local} and {@code remote} have them: {@code 127.0.0.1:26400}, {@code [::1]:26400}. No name is
 * ever looked up.
 *
 * <p>Thread-safe: stateless.
 */
final class Addresses {
    private Addresses() {}

    static byte[] text(Object address) {
        return address == null ? null : string(address).getBytes(StandardCharsets.UTF_8);
    }

    private static String string(Object address) {
        if (address instanceof InetSocketAddress inet) {
            InetAddress host = inet.getAddress();
            if (host == null) {
                return inet.getHostString() + ":" + inet.getPort();
            }
            String text = host.getHostAddress();
            return (text.indexOf(':') >= 0 ? "[" + text + "]" : text) + ":" + inet.getPort();
        }
        return address.toString();
    }
}
