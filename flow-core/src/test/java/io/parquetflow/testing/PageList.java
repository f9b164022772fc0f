package io.parquetflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/**
 * The pages of a column chunk as their headers tell, found by walking from one header to the next, not by an index.
 *
 * @param dictionary the dictionary page, null where there is none
 * @param data the data pages
 * @param uncompressedBytes of all headers and pages
 */
record PageList(Page dictionary, List<Page> data, long uncompressedBytes) {
    /** A page, the place of its header in the file, and how many bytes both take there. */
    record Page(long offset, int bytesInFile, PageHeader header) {
        boolean isV2() {
            return header.getType() == PageType.DATA_PAGE_V2;
        }

        int entries() {
            return isV2()
                    ? header.getData_page_header_v2().getNum_values()
                    : header.getData_page_header().getNum_values();
        }

        Encoding encoding() {
            return isV2()
                    ? header.getData_page_header_v2().getEncoding()
                    : header.getData_page_header().getEncoding();
        }
    }

    /** Walks a chunk; every page must have the checksum of its bytes. */
    static PageList of(byte[] file, ColumnChunkMetaData chunk) throws IOException {
        Page dictionary = null;
        List<Page> data = new ArrayList<>();
        long uncompressed = 0;
        long end = chunk.getStartingPos() + chunk.getTotalSize();
        for (long at = chunk.getStartingPos(); at < end; ) {
            ByteArrayInputStream in = new ByteArrayInputStream(file, (int) at, (int) (end - at));
            int before = in.available();
            PageHeader header = Util.readPageHeader(in);
            int headerBytes = before - in.available();
            CRC32 crc = new CRC32();
            crc.update(file, (int) at + headerBytes, header.getCompressed_page_size());
            assertThat(header.isSetCrc()).as("%s: a page has a checksum", chunk).isTrue();
            assertThat(header.getCrc()).as("%s: checksum", chunk).isEqualTo((int) crc.getValue());
            Page page = new Page(at, headerBytes + header.getCompressed_page_size(), header);
            if (header.getType() == PageType.DICTIONARY_PAGE) {
                assertThat(dictionary == null && data.isEmpty())
                        .as("%s: one dictionary, in front", chunk)
                        .isTrue();
                dictionary = page;
            } else {
                data.add(page);
            }
            uncompressed += headerBytes + header.getUncompressed_page_size();
            at += page.bytesInFile();
        }
        return new PageList(dictionary, data, uncompressed);
    }
}
