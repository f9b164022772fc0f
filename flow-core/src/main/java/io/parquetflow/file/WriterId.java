package io.parquetflow.file;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * A writer's name: 64 random bits in base 32 (RFC 4648, lower case), 13 characters.
 *
 * <p>Thread-safe: stateless.
 */
public final class WriterId {
    static final Pattern PATTERN = Pattern.compile("[a-z2-7]{13}");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 13;

    private WriterId() {}

    /**
     * A new name.
     *
     * @return 13 characters, never given before
     */
    public static String random() {
        long bits = new SecureRandom().nextLong();
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt((int) (bits & 31)));
            bits >>>= 5;
        }
        return id.toString();
    }
}
