package io.parquetflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.parquetflow.cli.captures.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real market feed, from the capture through our segments into DuckDB and parquet-java. */
class ImportRealCaptureInteropTest {
    private static final String PAYLOADS_SHA_256 = "695d7f0a20f81cbc10f8dd4d3fad51078d1ff1fcd1205f684bdc214046262b6f";

    @TempDir
    Path folder;

    @Test
    void everyPayloadOfARealMarketFeedArrives() throws Exception {
        Path file = SharedData.file("iex-deep-1.0.pcap.gz");

        ImportRun run = ImportRun.of(file, "--directory", folder);

        assertThat(run.out()).startsWith(file + ": 121,314 records, 15,159,512 payload bytes\n");
        assertThat(run.err())
                .startsWith("flow: [" + file + "] truncated inside a packet: offset=")
                .endsWith(", expected=1490, found=460\n");
        assertThat(run.code()).isEqualTo(1);
        assertThat(ImportRun.query(
                        folder,
                        "select count(*), sum(octet_length(payload)), min(ts_ns), max(ts_ns), max(lost),"
                                + " bool_and(ts_ns = source_ts_ns), min(stream), max(stream) from {}"))
                .hasToString(List.of(List.of(
                                121_314,
                                15_159_512,
                                1_493_132_598_746_881_000L,
                                1_493_149_909_897_850_000L,
                                0,
                                true,
                                "iex-deep-1.0.pcap.gz",
                                "iex-deep-1.0.pcap.gz"))
                        .toString());
        assertThat(digestByDuckDb()).isEqualTo(PAYLOADS_SHA_256);
        assertThat(digestByParquetJava()).isEqualTo(PAYLOADS_SHA_256);
    }

    private String digestByDuckDb() throws SQLException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (List<Object> row : ImportRun.query(folder, "select payload from {} order by seq")) {
            sha256.update(row.get(0).toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Page checksums verified; rows as they lie in the files, which has to be the order of {@code seq}. */
    private String digestByParquetJava() throws IOException, NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        long seq = 0;
        for (Path segment : segments()) {
            try (ParquetReader<Group> reader = ParquetReader.builder(
                            new GroupReadSupport(), new org.apache.hadoop.fs.Path(segment.toUri()))
                    .usePageChecksumVerification()
                    .build()) {
                for (Group row = reader.read(); row != null; row = reader.read()) {
                    assertThat(row.getLong("seq", 0)).isEqualTo(seq++);
                    sha256.update(row.getBinary("payload", 0).getBytes());
                }
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(p -> p.toString().endsWith(".parquet")).sorted().toList();
        }
    }
}
