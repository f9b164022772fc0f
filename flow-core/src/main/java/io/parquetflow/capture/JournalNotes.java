package io.parquetflow.capture;

import io.parquetflow.file.CreatedBy;
import io.parquetflow.file.SchemaText;
import io.parquetflow.journal.JournalHeader;
import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.PayloadDecoder;
import io.parquetflow.spi.SinkConfig;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a journal's header says of its payloads: enough to make rows of them without the process that wrote it. */
final class JournalNotes {
    static final String SINK = "sink";
    /** {@link #RAW}, {@link #ROWS}, {@link #PACKED} or {@link #DECODER}. */
    static final String FORM = "form";

    static final String RAW = "raw";
    static final String ROWS = "rows";
    static final String PACKED = "packed";
    static final String DECODER = "decoder";
    /** Of the user's columns, as {@link SchemaText}; empty for raw payloads. */
    static final String SCHEMA = "schema";
    /** The decoder's name. */
    static final String DECODER_NAME = "decoder-name";

    static final String PARTITION = "partition";

    private static final String LAMBDA = "$$Lambda";

    private JournalNotes() {}

    static Map<String, String> of(SinkConfig config, RowForm form) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(SINK, config.name());
        notes.put("created-by", CreatedBy.TEXT);
        notes.put(PARTITION, String.valueOf(config.partition()));
        notes.put(ConfigKey.DURABILITY.key(), config.durability().name());
        notes.put(ConfigKey.FILE_MODE.key(), Long.toOctalString(config.number(ConfigKey.FILE_MODE)));
        notes.put(FORM, word(form.kind()));
        notes.put(SCHEMA, form.schema() == null ? "" : SchemaText.of(form.schema()));
        notes.put(DECODER_NAME, form.decoder() == null ? "" : nameOf(form.decoder()));
        return notes;
    }

    private static String word(RowForm.Kind kind) {
        return switch (kind) {
            case RAW -> RAW;
            case ROWS -> ROWS;
            case PACKED -> PACKED;
            case DECODED -> DECODER;
        };
    }

    /** What can be made rows of without anybody's code; raw is everything else. */
    static RowForm formOf(JournalHeader header) throws IOException {
        return switch (header.get(FORM)) {
            case ROWS -> RowForm.rows(SchemaText.parse(header.get(SCHEMA)));
            case PACKED -> RowForm.packed(SchemaText.parse(header.get(SCHEMA)));
            default -> RowForm.RAW;
        };
    }

    /** A lambda's class has another name in each process, but for the class that it stands in. */
    static String nameOf(PayloadDecoder decoder) {
        String name = String.valueOf(decoder.name());
        int lambda = name.indexOf(LAMBDA);
        return lambda < 0 ? name : name.substring(0, lambda + LAMBDA.length());
    }
}
