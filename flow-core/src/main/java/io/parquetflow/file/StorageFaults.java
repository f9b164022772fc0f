package io.parquetflow.file;

import java.io.IOException;
import java.util.Locale;

/**
 * What a failed write says about its cause.
 *
 * <p>Thread-safe: stateless.
 */
public final class StorageFaults {
    private StorageFaults() {}

    /**
     * Full disks are waited for; other errors may be the file's, and then another file helps.
     *
     * @param e what was thrown
     * @return true for a full disk, a used-up quota, or less than {@code min-free-bytes}
     */
    public static boolean isFull(IOException e) {
        if (e instanceof TooLittleFree) {
            return true;
        }
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("quota exceeded")
                || message.contains("not enough space"); // Windows
    }

    /** Less free than {@code min-free-bytes}: we stop before the application's disk is full. */
    public static final class TooLittleFree extends IOException {
        private static final long serialVersionUID = 1;

        /**
         * Says so.
         *
         * @param message the file system, what is free and what has to be
         */
        public TooLittleFree(String message) {
            super(message);
        }
    }
}
