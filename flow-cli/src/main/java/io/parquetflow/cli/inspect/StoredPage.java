package io.parquetflow.cli.inspect;

import java.util.zip.CRC32;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;

/**
 * A page as it lies in the file: header parsed, bytes still compressed.
 *
 * @param offset of the header
 * @param headerBytes the header's length
 * @param header as stored; its sizes have been compared with the chunk
 * @param bytes what follows the header
 */
@SuppressWarnings("ArrayRecordComponent") // pages are never compared
record StoredPage(long offset, int headerBytes, PageHeader header, byte[] bytes) {
    long length() {
        return (long) headerBytes + bytes.length;
    }

    boolean isDictionary() {
        return header.getType() == PageType.DICTIONARY_PAGE;
    }

    boolean isData() {
        return header.getType() == PageType.DATA_PAGE || header.getType() == PageType.DATA_PAGE_V2;
    }

    boolean isV2() {
        return header.getType() == PageType.DATA_PAGE_V2;
    }

    /** Values of a data page, nulls included; entries of a dictionary. */
    int values() {
        return switch (header.getType()) {
            case DATA_PAGE -> header.getData_page_header().getNum_values();
            case DATA_PAGE_V2 -> header.getData_page_header_v2().getNum_values();
            case DICTIONARY_PAGE -> header.getDictionary_page_header().getNum_values();
            case INDEX_PAGE -> 0;
        };
    }

    Encoding encoding() {
        return switch (header.getType()) {
            case DATA_PAGE -> header.getData_page_header().getEncoding();
            case DATA_PAGE_V2 -> header.getData_page_header_v2().getEncoding();
            case DICTIONARY_PAGE -> header.getDictionary_page_header().getEncoding();
            case INDEX_PAGE -> Encoding.PLAIN;
        };
    }

    /** The page's statistics, or null. */
    Statistics statistics() {
        return isV2()
                ? header.getData_page_header_v2().getStatistics()
                : isData() ? header.getData_page_header().getStatistics() : null;
    }

    int actualCrc() {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** The checksum is optional in the format. */
    boolean crcMatches() {
        return !header.isSetCrc() || header.getCrc() == actualCrc();
    }

    String crcMismatch() {
        return String.format("crc mismatch, expected=%08x, actual=%08x", header.getCrc(), actualCrc());
    }
}
