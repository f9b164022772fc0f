package io.parquetflow.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import io.parquetflow.column.CollectedRows;
import io.parquetflow.column.RecordLayout;
import io.parquetflow.column.RowStage;
import io.parquetflow.spi.Decimal;
import io.parquetflow.spi.Required;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

/** Record classes of every component type: their schemas, their rows, and what is said of those that have none. */
class RecordMappingTest {
    private enum Side {
        BUY,
        SELL
    }

    private record Primitives(boolean a, byte b, short c, char d, int e, long f, float g, double h) {}

    private record Boxes(Boolean a, Byte b, Short c, Character d, Integer e, Long f, Float g, Double h) {}

    @SuppressWarnings("ArrayRecordComponent") // users have them
    private record References(
            String a,
            byte[] b,
            Instant c,
            LocalDate d,
            BigDecimal e,
            @Decimal(precision = 9, scale = 2) BigDecimal f,
            @Decimal(precision = 18, scale = 0) BigDecimal g,
            @Decimal(precision = 19, scale = 19) BigDecimal h,
            UUID i,
            Side j) {}

    private record Leg(String venue, double price) {}

    private record Lists(
            List<String> a,
            @Required List<@Required Integer> b,
            List<List<Long>> c,
            List<Leg> legs,
            Leg best,
            @Required Leg worst) {}

    private record Maps(Map<String, Integer> a, @Required Map<String, List<@Required Leg>> b) {}

    private static <T extends Record> RecordMapping<T> map(Class<T> type) {
        return RecordMapping.of(type, MethodHandles.lookup());
    }

    private static <T extends Record> List<String> rows(RecordMapping<T> mapping, T instance) {
        RowStage stage = new RowStage(RecordLayout.of(mapping.schema()));
        stage.begin();
        mapping.put(instance, stage);
        stage.finish();
        return CollectedRows.of(stage).stream().map(Object::toString).toList();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Record> List<String> rows(T instance) {
        return rows((RecordMapping<T>) map(instance.getClass()), instance);
    }

    private static <T extends Record> void schemaIs(Class<T> type, String expected) {
        assertThat(map(type).schema()).isEqualTo(MessageTypeParser.parseMessageType(expected));
    }

    // ---- columns

    @Test
    void primitivesAreRequired() {
        schemaIs(
                Primitives.class,
                "message Primitives { required boolean a; required int32 b (INTEGER(8,true));"
                        + " required int32 c (INTEGER(16,true)); required binary d (STRING); required int32 e;"
                        + " required int64 f; required float g; required double h; }");
        assertThat(rows(new Primitives(true, (byte) -1, (short) 300, 'é', 5, 6, 7, -0.0)))
                .containsExactly(
                        "[0/0:true]",
                        "[0/0:-1]",
                        "[0/0:300]",
                        "[0/0:c3a9]",
                        "[0/0:5]",
                        "[0/0:6]",
                        "[0/0:7.0]",
                        "[0/0:-0.0]");
    }

    @Test
    void boxesAreOptional() {
        schemaIs(
                Boxes.class,
                "message Boxes { optional boolean a; optional int32 b (INTEGER(8,true));"
                        + " optional int32 c (INTEGER(16,true)); optional binary d (STRING); optional int32 e;"
                        + " optional int64 f; optional float g; optional double h; }");
        assertThat(rows(new Boxes(false, (byte) 1, (short) 2, 'c', 4, 5L, 6f, 7.0)))
                .containsExactly(
                        "[0/1:false]",
                        "[0/1:1]",
                        "[0/1:2]",
                        "[0/1:63]",
                        "[0/1:4]",
                        "[0/1:5]",
                        "[0/1:6.0]",
                        "[0/1:7.0]");
        assertThat(rows(new Boxes(null, null, null, null, null, null, null, null)))
                .hasSize(8)
                .containsOnly("[0/0]");
    }

    @Test
    void referencesHaveTheirLogicalTypes() {
        schemaIs(
                References.class,
                "message References { optional binary a (STRING); optional binary b;"
                        + " optional int64 c (TIMESTAMP(MICROS,true)); optional int32 d (DATE);"
                        + " optional fixed_len_byte_array(16) e (DECIMAL(38,18)); optional int32 f (DECIMAL(9,2));"
                        + " optional int64 g (DECIMAL(18,0)); optional fixed_len_byte_array(9) h (DECIMAL(19,19));"
                        + " optional fixed_len_byte_array(16) i (UUID); optional binary j (ENUM); }");
        assertThat(rows(new References(
                        "é",
                        new byte[] {1, 2},
                        Instant.ofEpochSecond(-1, 999_999_999),
                        LocalDate.of(1969, 12, 31),
                        new BigDecimal("-1"),
                        new BigDecimal("1234567.8"),
                        new BigDecimal("1E+17"),
                        new BigDecimal("-0.1"),
                        new UUID(1, -1),
                        Side.SELL)))
                .containsExactly(
                        "[0/1:c3a9]",
                        "[0/1:0102]",
                        "[0/1:-1]",
                        "[0/1:-1]",
                        "[0/1:fffffffffffffffff21f494c589c0000]", // -10^18
                        "[0/1:123456780]",
                        "[0/1:100000000000000000]",
                        "[0/1:fff21f494c589c0000]",
                        "[0/1:0000000000000001ffffffffffffffff]",
                        "[0/1:53454c4c]");
        assertThat(rows(new References(null, null, null, null, null, null, null, null, null, null)))
                .hasSize(10)
                .containsOnly("[0/0]");
    }

    @Test
    void listsHaveThreeLevelsAndRecordsAreGroups() {
        String leg = "{ optional binary venue (STRING); required double price; }";
        schemaIs(
                Lists.class,
                "message Lists { optional group a (LIST) { repeated group list { optional binary element (STRING); } }"
                        + " required group b (LIST) { repeated group list { required int32 element; } }"
                        + " optional group c (LIST) { repeated group list { optional group element (LIST) {"
                        + " repeated group list { optional int64 element; } } } }"
                        + " optional group legs (LIST) { repeated group list { optional group element " + leg + " } }"
                        + " optional group best " + leg + " required group worst " + leg + " }");
        Lists full = new Lists(
                Arrays.asList("x", null),
                List.of(1, 2),
                Arrays.asList(List.of(1L, 2L), null, List.of(), Arrays.asList((Long) null)),
                Arrays.asList(new Leg("v", 1), null, new Leg(null, 2)),
                new Leg(null, 3),
                new Leg("w", 4));
        assertThat(rows(full))
                .containsExactly(
                        "[0/3:78, 1/2]",
                        "[0/1:1, 1/1:2]",
                        "[0/5:1, 2/5:2, 1/2, 1/3, 1/4]",
                        "[0/4:76, 1/2, 1/3]",
                        "[0/3:1.0, 1/2, 1/3:2.0]",
                        "[0/1]",
                        "[0/1:3.0]",
                        "[0/1:77]",
                        "[0/0:4.0]");
        assertThat(rows(new Lists(null, List.of(), List.of(), null, null, new Leg(null, 1))))
                .containsExactly("[0/0]", "[0/0]", "[0/1]", "[0/0]", "[0/0]", "[0/0]", "[0/0]", "[0/0]", "[0/0:1.0]");
    }

    @Test
    void mapsAreListsOfKeysAndValues() {
        schemaIs(
                Maps.class,
                "message Maps { optional group a (MAP) { repeated group key_value { required binary key (STRING);"
                        + " optional int32 value; } }"
                        + " required group b (MAP) { repeated group key_value { required binary key (STRING);"
                        + " optional group value (LIST) { repeated group list { required group element {"
                        + " optional binary venue (STRING); required double price; } } } } } }");
        Map<String, Integer> a = new TreeMap<>();
        a.put("x", 1);
        a.put("y", null);
        Map<String, List<Leg>> b = new TreeMap<>();
        b.put("p", List.of(new Leg(null, 1), new Leg("v", 2)));
        b.put("q", null);
        b.put("r", List.of());
        assertThat(rows(new Maps(a, b)))
                .containsExactly(
                        "[0/2:78, 1/2:79]",
                        "[0/3:1, 1/2]",
                        "[0/1:70, 1/1:71, 1/1:72]",
                        "[0/3, 2/4:76, 1/1, 1/2]",
                        "[0/3:1.0, 2/3:2.0, 1/1, 1/2]");
        assertThat(rows(new Maps(null, Map.of()))).containsExactly("[0/0]", "[0/0]", "[0/0]", "[0/0]", "[0/0]");
    }

    // ---- values that have no place

    private record Strict(@Required String a, List<@Required Leg> legs) {}

    @Test
    void nullInARequiredComponentIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(new Strict(null, null)))
                .withMessage("null in a required component: component=Strict.a;"
                        + " give it a value, or take @Required away");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(new Strict("a", Arrays.asList(new Leg("v", 1), null))))
                .withMessageStartingWith("null in a required component: component=Strict.legs[];");
        Map<String, Integer> nullKey = new java.util.HashMap<>();
        nullKey.put(null, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(new Maps(nullKey, Map.of())))
                .withMessageStartingWith("null in a required component: component=Maps.a.keys;");
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() -> rows(map(Strict.class), null))
                .withMessage("instance");
    }

    private static References decimals(String e, String f, String g, String h) {
        return new References(null, null, null, null, decimal(e), decimal(f), decimal(g), decimal(h), null, null);
    }

    private static BigDecimal decimal(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    @Test
    void decimalsAreNeverRounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(decimals(null, "1.001", null, null)))
                .withMessage("decimal too fine: component=References.f, value=1.001, scale=2;"
                        + " round it, or widen it by @Decimal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(decimals(null, "10000000", null, null)))
                .withMessage("decimal too large: component=References.f, value=10000000, precision=9, scale=2;"
                        + " widen it by @Decimal");
        assertThatIllegalArgumentException().isThrownBy(() -> rows(decimals(null, null, "1E+2000000000", null)));
        assertThatIllegalArgumentException().isThrownBy(() -> rows(decimals(null, null, null, "1")));
        assertThatIllegalArgumentException().isThrownBy(() -> rows(decimals("1E-19", null, null, null)));
        assertThatIllegalArgumentException().isThrownBy(() -> rows(decimals("1E+20", null, null, null)));
        assertThat(rows(decimals("99999999999999999999.999999999999999999", "-9999999.99", "0E+2000000000", "0.000")))
                .contains(
                        "[0/1:4b3b4ca85a86c47a098a223fffffffff]",
                        "[0/1:-999999999]",
                        "[0/1:0]",
                        "[0/1:000000000000000000]");
    }

    private record Times(Instant a, LocalDate b) {}

    @Test
    void timesAndDatesOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(new Times(Instant.MAX, null)))
                .withMessage("time out of range: component=Times.a, value=+1000000000-12-31T23:59:59.999999999Z,"
                        + " unit=microseconds in 64 bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows(new Times(null, LocalDate.MIN)))
                .withMessage("date out of range: component=Times.b, value=-999999999-01-01, unit=days in 32 bits");
    }

    record Loud(int a) {
        @Override
        public int a() {
            throw new IllegalStateException("loud");
        }
    }

    @Test
    void whatAnAccessorThrowsIsThrown() {
        assertThatIllegalStateException().isThrownBy(() -> rows(new Loud(1))).withMessage("loud");
    }

    // ---- classes that have no schema

    private record Tagged(List<Inner> legs) {
        private record Inner(Optional<String> tag) {}
    }

    private record Node(int value, List<Node> children) {}

    private record Empty() {}

    private record Nested(Empty empty) {}

    private record SameName(int price, int Price) {}

    private record IntKeys(Map<Integer, String> map) {}

    private record Generic<T>(T value) {}

    private record Wild(List<? extends Leg> legs) {}

    private record Concrete(ArrayList<String> list) {}

    private record Digits(@Decimal(precision = 39, scale = 0) BigDecimal value) {}

    private record WrongDigits(@Decimal(precision = 3, scale = 0) int value) {}

    @SuppressWarnings("rawtypes")
    private record Raw(List list) {}

    private record Deep(
            List<List<List<List<List<List<List<List<List<List<List<List<List<List<List<List<Integer>>>>>>>>>>>>>>>>
                    lists) {}

    private static void refused(Class<? extends Record> type, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> map(type)).withMessage("cannot map " + message);
    }

    @Test
    void whatHasNoPlaceInASchemaIsNamedByItsPath() {
        refused(Tagged.class, "Tagged.legs[].tag: unsupported type java.util.Optional<java.lang.String>");
        refused(
                Node.class,
                "Node.children[]: record " + Node.class.getName() + " contains itself; Parquet has no such schema");
        refused(
                Nested.class,
                "Nested.empty: record " + Empty.class.getName() + " has no components; Parquet has no empty group");
        refused(
                SameName.class,
                "SameName.Price: differs from price in case only;" + " readers like DuckDB and Spark ignore case");
        refused(
                IntKeys.class,
                "IntKeys.map: unsupported type java.util.Map<java.lang.Integer, java.lang.String>;"
                        + " keys of a map are java.lang.String");
        refused(Generic.class, "Generic.value: unsupported type T");
        refused(Wild.class, "Wild.legs[]: unsupported type ? extends " + Leg.class.getName());
        refused(Concrete.class, "Concrete.list: unsupported type java.util.ArrayList<java.lang.String>");
        refused(Raw.class, "Raw.list: unsupported type java.util.List without its element type");
        refused(
                Digits.class,
                "Digits.value: @Decimal(precision = 39, scale = 0):" + " precision is 1 to 38, scale 0 to precision");
        refused(WrongDigits.class, "WrongDigits.value: @Decimal is for java.math.BigDecimal, not for int");
        refused(Deep.class, "Deep.lists" + "[]".repeat(16) + ": nested deeper than 32");
        refused(Record.class, "Record: not a record class: java.lang.Record");
    }

    @Test
    void aRecordThatTheLookupDoesNotSeeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordMapping.of(Leg.class, MethodHandles.publicLookup()))
                .withMessage("cannot map Leg.venue: its accessor is not visible to java.lang.Object;"
                        + " pass the lookup of a class that sees the record");
    }

    @Test
    void oneClassMayBeUsedTwiceSideBySide() {
        record Pair(Leg left, Leg right) {}
        assertThat(rows(new Pair(null, new Leg("v", 1)))).containsExactly("[0/0]", "[0/0]", "[0/2:76]", "[0/1:1.0]");
    }

    // ---- cost

    @SuppressWarnings("ArrayRecordComponent") // users have them
    private record Trade(long ts, String symbol, long id, Side side, double price, Integer quantity, byte[] raw) {}

    @Test
    void puttingARecordAllocatesNothing() {
        RecordMapping<Trade> mapping = map(Trade.class);
        RowStage stage = new RowStage(RecordLayout.of(mapping.schema()));
        Trade trade = new Trade(1, "MSFT", 2, Side.BUY, 3, 4, new byte[7]);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 50_000; i++) {
                stage.begin();
                mapping.put(trade, stage);
                stage.finish();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isLessThan(1_000);
    }

    /** The number 10^100000000 alone takes minutes to make. */
    @Test
    void decimalsOfHugeScalesAreJudgedAtOnce() {
        assertTimeoutPreemptively(Duration.ofSeconds(3), () -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rows(decimals(null, "1E-100000000", null, null)))
                    .withMessage("decimal too fine: component=References.f, value=1E-100000000, scale=2;"
                            + " round it, or widen it by @Decimal");
            assertThatIllegalArgumentException().isThrownBy(() -> rows(decimals("-7E-2147483647", null, null, null)));
            assertThat(rows(decimals(null, "0E-100000000", null, null))).contains("[0/1:0]");
        });
        assertThat(rows(decimals(null, "0.0100000", null, null))).contains("[0/1:1]");
        assertThatIllegalArgumentException().isThrownBy(() -> rows(decimals(null, "0.001", null, null)));
    }
}
