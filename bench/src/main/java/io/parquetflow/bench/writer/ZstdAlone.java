package io.parquetflow.bench.writer;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.parquetflow.spi.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;

/**
 * The limit of zstd: zstd-jni compresses the very pages that our writer makes, from direct memory to direct memory, and
 * throws the result away. The pages are taken out of a file that ours wrote beforehand.
 *
 * <p>Not thread-safe.
 */
final class ZstdAlone implements Contender {
    private final Task task;
    private final Contender ours;
    private final IdentityHashMap<Batch, List<ByteBuffer>> pages = new IdentityHashMap<>();
    private long compressedBytes;
    private long pageBytes;

    /**
     * Prepares.
     *
     * @param task whose codec is zstd
     * @param ours makes the pages
     */
    ZstdAlone(Task task, Contender ours) {
        this.task = task;
        this.ours = ours;
    }

    @Override
    public String name() {
        return "zstd.alone";
    }

    @Override
    public String work() {
        return "zstd-jni at the same level on the pages of " + ours.name() + ", memory to memory; writes nothing";
    }

    @Override
    public String unfit(Task asked) {
        return asked.codec() == Codec.ZSTD ? "" : "the codec is not zstd";
    }

    @Override
    public void prepare(Batches batches, Path scratch) throws Exception {
        pages.clear();
        try {
            ours.write(batches, scratch);
            takePages(batches, scratch);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private void takePages(Batches batches, Path file) throws IOException {
        List<BlockMetaData> rowGroups;
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            rowGroups = reader.getFooter().getBlocks();
        }
        if (rowGroups.size() != batches.count()) {
            throw new IllegalStateException(
                    "a batch is not a row group: batches=" + batches.count() + ", row groups=" + rowGroups.size());
        }
        try (FileChannel channel = FileChannel.open(file);
                ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
            for (int i = 0; i < rowGroups.size(); i++) {
                if (!pages.containsKey(batches.at(i))) { // equal batches make equal pages
                    pages.put(batches.at(i), pages(rowGroups.get(i), channel, zstd));
                }
            }
        }
    }

    private static List<ByteBuffer> pages(BlockMetaData rowGroup, FileChannel channel, ZstdDecompressCtx zstd)
            throws IOException {
        List<ByteBuffer> all = new ArrayList<>();
        InputStream in = Channels.newInputStream(channel);
        for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
            channel.position(chunk.getStartingPos());
            long end = chunk.getStartingPos() + chunk.getTotalSize();
            while (channel.position() < end) {
                PageHeader header = Util.readPageHeader(in);
                if (header.getType() == PageType.DATA_PAGE_V2) {
                    throw new IllegalStateException("levels of version 2 pages are not compressed: take version 1");
                }
                byte[] body = in.readNBytes(header.getCompressed_page_size());
                byte[] page = zstd.decompress(body, header.getUncompressed_page_size());
                all.add(ByteBuffer.allocateDirect(page.length).put(page).flip());
            }
        }
        return all;
    }

    @Override
    public void write(Batches batches, Path file) {
        int most = pages.values().stream()
                .flatMap(List::stream)
                .mapToInt(ByteBuffer::capacity)
                .max()
                .orElse(0);
        int bound = Math.toIntExact(Zstd.compressBound(most));
        ByteBuffer to = ByteBuffer.allocateDirect(bound);
        compressedBytes = 0;
        pageBytes = 0;
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            zstd.setLevel(task.level());
            for (long i = 0; i < batches.count(); i++) {
                for (ByteBuffer page : pages.get(batches.at(i))) {
                    compressedBytes += zstd.compressDirectByteBuffer(to, 0, bound, page, 0, page.capacity());
                    pageBytes += page.capacity();
                }
            }
        }
    }

    @Override
    public void check(Batches batches, Path file) {
        long least = task.workload().isBinary() ? batches.payloadBytes() : 1; // encoded numbers take less than they did
        if (pageBytes < least || compressedBytes == 0) {
            throw new IllegalStateException(name() + " wrote fewer bytes than there are: payload="
                    + batches.payloadBytes() + ", pages=" + pageBytes + ", compressed=" + compressedBytes);
        }
    }

    @Override
    public Map<String, Long> extras() {
        return Map.of("compressed_bytes", compressedBytes, "page_bytes", pageBytes);
    }
}
