package io.parquetflow.cli.inspect;

import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Statistics;

/** Holds what a page header and a set of statistics claim against what was read. */
final class PageClaims {
    private PageClaims() {}

    static void check(StoredPage page, PageFacts facts, String where, ChunkScan scan) {
        if (page.isV2()) {
            DataPageHeaderV2 header = page.header().getData_page_header_v2();
            if (header.getNum_rows() != facts.rows() || header.getNum_nulls() != facts.nulls()) {
                scan.findings()
                        .error(
                                page.offset(),
                                where + ": page header and data differ, rows=" + header.getNum_rows() + "/"
                                        + facts.rows() + ", nulls=" + header.getNum_nulls() + "/" + facts.nulls());
            }
        }
        if (page.statistics() != null) {
            statistics(page.statistics(), facts, page.offset(), where + ": page statistics", scan);
        }
    }

    static void statistics(Statistics claimed, PageFacts facts, long offset, String where, ChunkScan scan) {
        if (claimed.isSetNull_count() && claimed.getNull_count() != facts.nulls()) {
            scan.findings()
                    .error(
                            offset,
                            where + ": null count=" + claimed.getNull_count() + " but the data has " + facts.nulls());
        }
        if (!claimed.isSetMin_value() || !claimed.isSetMax_value()) {
            return;
        }
        boolean binary = facts.range instanceof ValueRange.OfBinary;
        boolean saidExact = claimed.isIs_min_value_exact() && claimed.isIs_max_value_exact();
        boolean exact = saidExact || (scan.strict() && !binary);
        String problem = facts.range.problem(claimed.getMin_value(), claimed.getMax_value(), exact);
        if (problem != null) {
            scan.findings().error(offset, where + ": " + problem);
        }
    }
}
