package io.parquetflow.cli.inspect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.apache.parquet.format.Util;

/** Changes pages and makes their checksums true again, so that the change reaches whoever decodes them. */
final class Tampering {
    private Tampering() {}

    /**
     * Changes one page of the first row group. Whatever follows keeps its place, so that the change must not alter the
     * length; a checksum whose number takes more or fewer bytes than before cannot be put in.
     */
    static void page(Path file, String column, int index, Consumer<byte[]> change) throws IOException {
        if (!tryPage(file, pages(file, column).get(index), change)) {
            throw new AssertionError("the checksum does not fit; take another change");
        }
    }

    /** Whether the checksum could be put in; if not, the file is as it was. */
    static boolean tryPage(Path file, StoredPage page, Consumer<byte[]> change) throws IOException {
        byte[] changed = page.bytes().clone();
        change.accept(changed);
        CRC32 crc = new CRC32();
        crc.update(changed);
        page.header().setCrc((int) crc.getValue());
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        Util.writePageHeader(page.header(), header);
        if (header.size() != page.headerBytes()) {
            return false;
        }
        byte[] bytes = Files.readAllBytes(file);
        System.arraycopy(header.toByteArray(), 0, bytes, (int) page.offset(), header.size());
        System.arraycopy(changed, 0, bytes, (int) page.offset() + header.size(), changed.length);
        Files.write(file, bytes);
        return true;
    }

    /** A page with bytes in it. */
    static StoredPage anyPage(Path file, Random random) throws IOException {
        List<StoredPage> pages = pages(file, null);
        pages.removeIf(page -> page.bytes().length == 0);
        return pages.get(random.nextInt(pages.size()));
    }

    /** The pages of one column, or of all for null, in the first row group. */
    private static List<StoredPage> pages(Path file, String column) throws IOException {
        List<StoredPage> pages = new ArrayList<>();
        try (SegmentBytes bytes = SegmentBytes.open(file)) {
            for (Chunk chunk : SegmentFooter.read(bytes).chunks(0)) {
                ChunkPages walk = new ChunkPages(bytes, chunk);
                while ((column == null || column.equals(chunk.name())) && walk.hasNext()) {
                    pages.add(walk.next());
                }
            }
        }
        return pages;
    }
}
