package io.parquetflow.cli.captures;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** How a file is compressed. Told by its first bytes: names lie. */
enum Compression {
    NONE("file"),
    GZIP("gzip stream"),
    ZSTD("zstd stream");

    /** Enough for every magic number asked for here. */
    private static final int MAGIC_BYTES = 4;

    private final String noun;

    Compression(String noun) {
        this.noun = noun;
    }

    static Compression of(FileBytes file) throws IOException {
        byte[] magic = file.peek(MAGIC_BYTES);
        if (magic.length >= 2 && Bytes.u16(magic, 0) == 0x1f8b) {
            return GZIP;
        }
        if (magic.length < MAGIC_BYTES) {
            return NONE;
        }
        long number = Bytes.u32(magic, 0, true);
        // A frame, or one of the sixteen skippable frames that parallel compressors put before it (RFC 8878).
        return number == 0xfd2fb528L || (number & 0xfffffff0L) == 0x184d2a50L ? ZSTD : NONE;
    }

    InputStream open(FileBytes file) throws IOException {
        return switch (this) {
            case NONE -> file;
            case GZIP -> new GzipMembers(file);
            case ZSTD -> openZstd(file);
        };
    }

    /** Loading the native part fails with an {@code Error}, for instance without a folder for temporary files. */
    private static InputStream openZstd(FileBytes file) throws IOException {
        try {
            return new ZstdInputStreamNoFinalizer(file);
        } catch (LinkageError noNativePart) {
            throw new IOException("zstd cannot be loaded here, unpack the file first: " + noNativePart, noNativePart);
        }
    }

    /** What to call a failure to read on, now that {@code thrown} was thrown. */
    Damage damage(String file, FileBytes bytes, long offset, IOException thrown) {
        boolean decoding = thrown instanceof ZipException || thrown instanceof ZstdIOException;
        boolean early = thrown instanceof EOFException || (thrown instanceof ZstdIOException && bytes.ended());
        Damage.Kind kind =
                early ? Damage.Kind.STREAM_ENDS_EARLY : decoding ? Damage.Kind.CORRUPT : Damage.Kind.UNREADABLE;
        String what =
                switch (kind) {
                    case STREAM_ENDS_EARLY -> noun + " ends early";
                    case CORRUPT -> noun + " is corrupt (" + thrown.getMessage() + ")";
                    default -> noun + " cannot be read on (" + thrown.getMessage() + ")";
                };
        return new Damage(file, offset, kind, what, Damage.NOT_KNOWN, Damage.NOT_KNOWN);
    }
}
