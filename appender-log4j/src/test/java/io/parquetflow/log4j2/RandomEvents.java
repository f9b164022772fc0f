package io.parquetflow.log4j2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.MessageFormatMessage;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.message.StringFormattedMessage;
import org.apache.logging.log4j.message.StringMapMessage;
import org.apache.logging.log4j.message.StructuredDataMessage;

/** Everything that a Log4j event can be, by a seed. What it changes behind Log4j's back after a call, Log4j has read before. */
@SuppressWarnings("JavaUtilDate") // Log4j has a format of its own for it
final class RandomEvents {
    private static final List<Level> LEVELS = List.of(
            Level.FATAL,
            Level.ERROR,
            Level.WARN,
            Level.INFO,
            Level.DEBUG,
            Level.TRACE,
            Level.forName("AUDIT", 50),
            Level.forName("NOTICE", 350),
            Level.forName("FINEST", 700));
    private static final String[] CHARS = {
        "a",
        "b",
        "C",
        "9",
        " ",
        ".",
        ":",
        "-",
        "\u00e4",
        "\u20ac",
        "\u4e2d",
        "\ud83d\ude00",
        "\u0085",
        "\u2028",
        "\t",
        "\""
    };
    private static final int MOST_REUSED_ARGS = 10;
    private static final int MOST_CHARS_WITH_PAIRS = 1_000;

    private final LoggerContext context;
    private final Random random;
    private final List<Marker> markers = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final AtomicInteger counter = new AtomicInteger();
    private final StringBuilder chars = new StringBuilder();

    RandomEvents(LoggerContext context, long seed) {
        this.context = context;
        this.random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            Marker marker = new MarkerManager.Log4jMarker("M" + i);
            for (int j = i; j > 0 && random.nextBoolean(); j /= 2) {
                marker.addParents(markers.get(random.nextInt(i)));
            }
            markers.add(marker);
        }
    }

    /** Template and number of arguments of each event, as the code has them. */
    List<String> said() {
        return said;
    }

    void log(int events) {
        for (int i = 0; i < events; i++) {
            log();
        }
    }

    private void log() {
        surroundings();
        Logger logger = context.getLogger("com.acme." + (char) ('A' + random.nextInt(20)));
        Level level = LEVELS.get(random.nextInt(LEVELS.size()));
        Marker marker = random.nextInt(4) == 0 ? markers.get(random.nextInt(markers.size())) : null;
        if (random.nextInt(10) < 7) {
            parameterized(logger, level, marker);
        } else {
            other(logger, level, marker);
        }
        counter.incrementAndGet();
        chars.append('!');
    }

    private void surroundings() {
        ThreadContext.clearAll();
        for (int i = random.nextInt(4); i > 0; i--) {
            ThreadContext.put("mdc" + random.nextInt(6), word());
        }
        for (int i = random.nextInt(8) - 5; i > 0; i--) {
            ThreadContext.push("ndc" + random.nextInt(6));
        }
    }

    private void says(String template, int args) {
        said.add(template + "\u241f" + args);
    }

    private void parameterized(Logger logger, Level level, Marker marker) {
        StringBuilder template = new StringBuilder(random.nextInt(500) == 0 ? text(30_000) : text(30));
        int count = random.nextInt(50) == 0 ? MOST_REUSED_ARGS + random.nextInt(5) : random.nextInt(5);
        Object[] args = new Object[count];
        for (int i = 0; i < count; i++) {
            template.append(random.nextInt(10) == 0 ? "" : random.nextInt(20) == 0 ? "{}" : " {}");
            template.append(random.nextInt(40) == 0 ? "\\{}" : random.nextInt(40) == 0 ? "\\\\{}" : "");
            args[i] = value();
        }
        String format = template.toString();
        says(format, count);
        if (random.nextInt(15) == 0) {
            // Behind as many arguments as there are places, or Log4j would take it for one.
            Object[] withThrown = Arrays.copyOf(args, count + 1);
            withThrown[count] = thrown(3);
            String full = text(10) + " {}".repeat(count);
            said.set(said.size() - 1, full + "\u241f" + count);
            logger.log(level, marker, full, withThrown);
            return;
        }
        switch (count) {
            case 0 -> logger.log(level, marker, format);
            case 1 -> logger.log(level, marker, format, args[0]);
            case 2 -> logger.log(level, marker, format, args[0], args[1]);
            case 3 -> logger.log(level, marker, format, args[0], args[1], args[2]);
            default -> logger.log(level, marker, format, args);
        }
    }

    private void other(Logger logger, Level level, Marker marker) {
        switch (random.nextInt(10)) {
            case 0 -> {
                says("", 0);
                logger.log(level, marker, "");
            }
            case 1 -> {
                says("null", 0); // what DuckDB's driver makes of null
                logger.log(level, marker, (String) null);
            }
            case 2 -> {
                says("null", 0);
                logger.log(
                        level, marker, new StringMapMessage().with("k1", word()).with("k2", word()));
            }
            case 3 -> {
                says("null", 0);
                StructuredDataMessage data = new StructuredDataMessage("login", text(10), "audit");
                data.put("user", word());
                logger.log(level, marker, data, random.nextBoolean() ? thrown(1) : null);
            }
            case 4 -> {
                says("null", 0);
                logger.log(level, marker, new ObjectMessage(value()));
            }
            case 5 -> {
                says("null", 0);
                logger.log(level, marker, (Object) List.of(random.nextInt(), new Date(random.nextInt())));
            }
            case 6 -> {
                says("%s is %d", 2);
                logger.log(level, marker, new StringFormattedMessage("%s is %d", text(20), random.nextInt()));
            }
            case 7 -> {
                says("{0} is {1}", 2);
                logger.log(level, marker, new MessageFormatMessage("{0} is {1}", text(20), random.nextInt()));
            }
            case 8 -> {
                says("of {} and {}", 2);
                logger.log(level, marker, new ParameterizedMessage("of {} and {}", value(), value()), thrown(2));
            }
            default -> {
                String plain = text(random.nextInt(20) == 0 ? 100_000 : 2_000);
                says(plain, 0);
                logger.log(level, marker, (Message) new SimpleMessage(plain));
            }
        }
    }

    private Object value() {
        return switch (random.nextInt(18)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(100);
            case 2 -> random.nextDouble();
            case 3 -> random.nextBoolean();
            case 4 -> (char) ('a' + random.nextInt(20));
            case 5 -> new int[] {1, 2, random.nextInt()};
            case 6 -> Arrays.asList("a", null, random.nextInt());
            case 7 -> counter;
            case 8 -> chars.length() > 50 ? chars.delete(0, 50) : chars;
            case 9 -> Level.INFO;
            case 10 -> (short) random.nextInt();
            case 11 -> null;
            case 12 -> new Object[] {"x", new String[] {"y", null}, List.of(new long[] {3})};
            case 13 -> new Date(random.nextLong() >>> 22);
            case 14 -> Map.of("k", random.nextInt());
            case 15 -> Set.of(random.nextFloat());
            default -> text(40);
        };
    }

    private Throwable thrown(int depth) {
        Throwable cause = depth > 0 && random.nextBoolean() ? thrown(depth - 1) : null;
        Throwable thrown =
                new IllegalStateException(random.nextInt(5) == 0 ? null : "\u00fc" + random.nextInt(), cause);
        if (random.nextBoolean()) {
            thrown.addSuppressed(new RuntimeException("aside", depth > 1 ? new Error("under it") : null));
        }
        return thrown;
    }

    /** In a map that Log4j prints. */
    private String word() {
        StringBuilder word = new StringBuilder("w");
        for (int i = random.nextInt(12); i > 0; i--) {
            word.append(random.nextInt(6) == 0 ? "\u00fc" : (char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    /** Without pairs of surrogates where it is long: Log4j's encoder makes question marks of one between two buffers. */
    private String text(int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most);
        int chars = length > MOST_CHARS_WITH_PAIRS ? 8 : CHARS.length;
        while (length-- > 0) {
            text.append(CHARS[random.nextInt(random.nextInt(8) == 0 ? chars : 8)]);
        }
        return text.toString();
    }
}
