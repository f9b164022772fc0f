package io.parquetflow.cli.captures;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IP address, or the first bits of one. Immutable. */
final class HostPrefix {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:][0-9a-fA-F:.]*)(?:/(\\d{1,3}))?");
    /** No leading zeros: some read them as octal. */
    private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d{0,2}");

    private final byte[] address;
    private final int bits;

    private HostPrefix(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /** Reads {@code 192.0.2.7}, {@code 192.0.2.0/24} or {@code 2001:db8::/32}. Never asks a name server. */
    static HostPrefix parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        byte[] address = form.matches() ? literal(form.group(1)) : new byte[0];
        if (address.length == 0) {
            throw new IllegalArgumentException("--host is no IP address: value=" + text
                    + "; names are not looked up, write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32");
        }
        int most = address.length * Byte.SIZE;
        int bits = form.group(2) == null ? most : Integer.parseInt(form.group(2));
        if (bits > most) {
            throw new IllegalArgumentException("--host has too long a prefix: value=" + text + "; at most /" + most);
        }
        return new HostPrefix(address, bits);
    }

    /** Whether the address of {@code length} bytes at {@code at} begins with these bits. */
    boolean matches(byte[] bytes, int at, int length) {
        if (length != address.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (bytes[at + i] != address[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || (bytes[at + whole] ^ address[whole]) >> (Byte.SIZE - rest) == 0;
    }

    private static byte[] literal(String text) {
        return text.indexOf(':') >= 0 ? version6(text) : version4(text);
    }

    private static byte[] version4(String text) {
        String[] octets = text.split("\\.", -1);
        byte[] address = new byte[4];
        for (int i = 0; i < octets.length; i++) {
            if (octets.length != address.length
                    || !OCTET.matcher(octets[i]).matches()
                    || Integer.parseInt(octets[i]) > 255) {
                return new byte[0];
            }
            address[i] = (byte) Integer.parseInt(octets[i]);
        }
        return address;
    }

    /** The JDK takes text with a colon for an address or nothing: a name server is not asked. */
    @SuppressWarnings("AddressSelection")
    private static byte[] version6(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException notAnAddress) {
            return new byte[0];
        }
    }
}
