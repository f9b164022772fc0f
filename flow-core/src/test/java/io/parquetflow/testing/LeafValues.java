package io.parquetflow.testing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.parquet.io.api.Binary;

/**
 * How the values of a column are drawn: a third of them edges of the type, a third out of a few values that come again
 * and again, the rest any value.
 *
 * <p>Thread-safe: has no state.
 */
final class LeafValues {
    /** Few enough that a page of a hundred rows holds each of them more than once. */
    private static final int FEW = 6;

    private static final long NANOS_OF_DAY = 86_400_000_000_000L;

    /** The Julian day of 1970-01-01, as INT96 counts them. */
    private static final int JULIAN_EPOCH = 2_440_588;

    private LeafValues() {}

    /** Draws the next value. */
    interface Draw {
        Object next(Random random);
    }

    static Draw booleans() {
        return random -> random.nextInt(3) == 0;
    }

    static Draw ints(int min, int max) {
        return mixed(
                random -> (int) random.nextLong(min, max + 1L),
                few -> (int) Math.min(max, Math.max(min, 0L) + 3L * few),
                min,
                max,
                Math.max(min, 0),
                Math.min(max, 1),
                Math.max(min, -1));
    }

    static Draw longs(long min, long max) {
        return mixed(
                random -> random.nextLong(min, max),
                few -> Math.max(min, 0L) + 3L * few,
                min,
                max,
                Math.max(min, 0L),
                Math.min(max, 1L),
                Math.max(min, -1L));
    }

    static Draw floats() {
        return mixed(
                random -> Float.intBitsToFloat(random.nextInt()),
                few -> few * 0.25f,
                0.0f,
                -0.0f,
                Float.NaN,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY);
    }

    static Draw doubles() {
        return mixed(
                random -> Double.longBitsToDouble(random.nextLong()),
                few -> few * 0.25,
                0.0,
                -0.0,
                Double.NaN,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
    }

    /** The same without NaN, which takes a page's bounds away and with them everything there is to check about them. */
    static Draw ordered(Draw draw) {
        return random -> {
            Object value = draw.next(random);
            boolean nan = (value instanceof Float f && f.isNaN())
                    || (value instanceof Double d && d.isNaN())
                    || (value instanceof Binary b && b.length() == 2 && Float.isNaN(Half.toFloat(b)));
            return nan ? few(value) : value;
        };
    }

    private static Object few(Object nan) {
        return nan instanceof Float ? (Object) 1.5f : nan instanceof Double ? (Object) 1.5 : half(0x3e00);
    }

    /** FLOAT16: zeros, infinities, NaN, the largest, the smallest, or any bits. */
    static Draw halves() {
        return mixed(
                random -> half(random.nextInt()),
                few -> half(0x3c00 + few),
                half(0),
                half(0x8000),
                half(0x7c00),
                half(0xfc00),
                half(0x7e00),
                half(0x7bff),
                half(0xfbff),
                half(1));
    }

    private static Binary half(int bits) {
        return binary(new byte[] {(byte) bits, (byte) (bits >> 8)});
    }

    /** Bytes of any length; some that no 64 bytes can tell apart, some that no cut prefix can be raised above. */
    static Draw bytes() {
        return mixed(
                random -> binary(any(random, random.nextInt(40))),
                few -> binary(new byte[] {(byte) (40 * few)}),
                binary(new byte[0]),
                binary(new byte[] {0}),
                binary(repeat(0xff, 1)),
                binary(repeat(0xff, 70)),
                binary(repeat('a', 64)),
                binary(repeat('a', 65)),
                binary(repeat('a', 80)));
    }

    static Draw fixed(int length) {
        return mixed(
                random -> binary(any(random, length)),
                few -> binary(repeat(40 * few, length)),
                binary(repeat(0, length)),
                binary(repeat(0xff, length)),
                binary(repeat(0x7f, length)),
                binary(repeat(0x80, length)));
    }

    static Draw texts() {
        return mixed(
                random -> text(points(random)),
                few -> text("symbol-" + few),
                text(""),
                text("a"),
                text("z".repeat(64)),
                text("z".repeat(70)),
                text("za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105".repeat(5)),
                text(new String(Character.toChars(0x1f600)).repeat(20)),
                text(new String(Character.toChars(0x10ffff)).repeat(20)),
                text("it's \"quoted\", {in} [every]: way\\\n"));
    }

    /** Names as an ENUM has them. */
    static Draw names() {
        return mixed(random -> text("N" + random.nextInt(1000)), few -> text("SIDE_" + few), text("BUY"), text("SELL"));
    }

    static Draw json() {
        return mixed(
                random -> text("{\"n\":" + random.nextInt() + "}"),
                few -> text("[" + few + "]"),
                text("{}"),
                text("null"),
                text("\"\u017c\""),
                text("{\"a\":[1,2,{\"b\":null}]}"));
    }

    /** Documents with one INT32 at most: length, type 0x10, name, value, zero. */
    static Draw bson() {
        return mixed(
                random -> document(random.nextInt()),
                LeafValues::document,
                binary(new byte[] {5, 0, 0, 0, 0}),
                document(Integer.MIN_VALUE));
    }

    private static Binary document(int value) {
        return binary(ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(12)
                .put((byte) 0x10)
                .put((byte) 'n')
                .put((byte) 0)
                .putInt(value)
                .put((byte) 0)
                .array());
    }

    /** Nanoseconds of the day, then the Julian day; within the years that 64 bits of nanoseconds reach. */
    static Draw int96() {
        return mixed(
                random -> int96(random.nextLong(NANOS_OF_DAY), random.nextInt(-100_000, 100_000)),
                few -> int96(few, 20_000),
                int96(0, 0),
                int96(NANOS_OF_DAY - 1, -1),
                int96(1_000, 1));
    }

    private static Binary int96(long nanos, int day) {
        return binary(ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(nanos)
                .putInt(JULIAN_EPOCH + day)
                .array());
    }

    /** Unscaled values as the shortest two's complement, or sign-extended to a length. */
    static Draw decimals(int precision, int fixedLength) {
        BigInteger limit = BigInteger.TEN.pow(precision);
        BigInteger max = limit.subtract(BigInteger.ONE);
        Function<BigInteger, Object> carry = unscaled -> unscaled(unscaled, fixedLength);
        return mixed(
                random -> carry.apply(new BigInteger(limit.bitLength() + 8, random).mod(max)),
                few -> carry.apply(BigInteger.valueOf(100L * few - 300)),
                carry.apply(max),
                carry.apply(max.negate()),
                carry.apply(BigInteger.ZERO),
                carry.apply(BigInteger.ONE.negate()),
                carry.apply(BigInteger.valueOf(127)),
                carry.apply(BigInteger.valueOf(-129)));
    }

    private static Binary unscaled(BigInteger value, int fixedLength) {
        byte[] shortest = value.toByteArray();
        if (fixedLength == 0) {
            return binary(shortest);
        }
        byte[] bytes = repeat(value.signum() < 0 ? 0xff : 0, fixedLength);
        System.arraycopy(shortest, 0, bytes, fixedLength - shortest.length, shortest.length);
        return binary(bytes);
    }

    private static Draw mixed(Draw any, IntFunction<Object> few, Object... edges) {
        return random -> switch (random.nextInt(3)) {
            case 0 -> edges[random.nextInt(edges.length)];
            case 1 -> few.apply(random.nextInt(FEW));
            default -> any.next(random);
        };
    }

    private static String points(Random random) {
        int[] points = random.ints(random.nextInt(12), 0x20, 0xd7ff).toArray();
        return new String(points, 0, points.length);
    }

    private static byte[] any(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] repeat(int value, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static Binary text(String text) {
        return binary(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Binary binary(byte[] bytes) {
        return Binary.fromConstantByteArray(bytes);
    }
}
