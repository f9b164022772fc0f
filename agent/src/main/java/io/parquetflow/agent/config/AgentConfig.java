package io.parquetflow.agent.config;

import io.parquetflow.spi.ConfigKey;
import io.parquetflow.spi.SinkConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is to be captured, and how. Arguments count before system properties, those before the environment, those before a
 * file that {@code @} names.
 *
 * <p>Thread-safe: immutable.
 */
public final class AgentConfig {
    /** A comma that a key follows; others belong to a value, as in a path or a pointcut. */
    private static final Pattern BETWEEN_KEYS = Pattern.compile(",(?=[a-zA-Z][a-zA-Z.-]*=)");

    private static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:\\s*-\\s*(\\d{1,5}))?");
    private static final Pattern SAMPLE = Pattern.compile("1/(\\d{1,7})");
    private static final int MOST_SAMPLE = 1_000_000;
    private static final int LAST_PORT = 65_535;

    /** Of a sink that is a guest in its process. */
    private static final Map<ConfigKey, String> DEFAULTS = Map.of(
            ConfigKey.NAME, "capture",
            ConfigKey.MEMORY_LIMIT, "32MB",
            ConfigKey.MAX_PAYLOAD, "64KB",
            ConfigKey.JMX, "false");

    private final Map<AgentKey, String> own = new EnumMap<>(AgentKey.class);
    private final Properties sink = new Properties();

    private final Map<Tap, Boolean> taps = new EnumMap<>(Tap.class);
    private final List<Pointcut> pointcuts = new ArrayList<>();
    private final int firstPort;
    private final int lastPort;
    private final int sampleOf;
    private final boolean warnsOfMissing;
    private final boolean enabled;

    private AgentConfig(
            Function<String, String> property,
            Function<String, String> environment,
            List<Map.Entry<String, String>> file,
            List<Map.Entry<String, String>> arguments) {
        DEFAULTS.forEach((key, value) -> sink.setProperty(key.key(), value));
        file.forEach(entry -> take(entry.getKey(), entry.getValue()));
        for (AgentKey key : AgentKey.values()) {
            takeOuter(key.key(), environment.apply(key.environmentVariable()), property.apply(key.systemProperty()));
        }
        for (ConfigKey key : ConfigKey.values()) {
            takeOuter(key.key(), environment.apply(key.environmentVariable()), property.apply(key.systemProperty()));
        }
        arguments.forEach(entry -> take(entry.getKey(), entry.getValue()));
        enabled = flag(AgentKey.ENABLED);
        warnsOfMissing = switch (text(AgentKey.ON_MISSING)) {
            case "warn" -> true;
            case "ignore" -> false;
            default -> throw AgentKey.ON_MISSING.invalid(text(AgentKey.ON_MISSING));
        };
        Matcher ports = PORTS.matcher(text(AgentKey.FILTER_LOCAL_PORT));
        if (!ports.matches()) {
            throw AgentKey.FILTER_LOCAL_PORT.invalid(text(AgentKey.FILTER_LOCAL_PORT));
        }
        firstPort = Integer.parseInt(ports.group(1));
        lastPort = ports.group(2) == null ? firstPort : Integer.parseInt(ports.group(2));
        if (firstPort > lastPort || lastPort > LAST_PORT) {
            throw AgentKey.FILTER_LOCAL_PORT.invalid(text(AgentKey.FILTER_LOCAL_PORT));
        }
        Matcher sample = SAMPLE.matcher(text(AgentKey.SAMPLE));
        sampleOf = sample.matches() ? Integer.parseInt(sample.group(1)) : 0;
        if (sampleOf < 1 || sampleOf > MOST_SAMPLE) {
            throw AgentKey.SAMPLE.invalid(text(AgentKey.SAMPLE));
        }
        readTaps();
        for (String text : text(AgentKey.CAPTURE).split(";")) {
            if (!text.isBlank()) {
                pointcuts.add(Pointcut.parse(text.trim()));
            }
        }
        check();
    }

    /**
     * Reads a configuration.
     *
     * @param arguments {@code key=value,key=value}, {@code @file}, or both: {@code @file,key=value}; null for none
     * @return the configuration
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException naming the key, the value and what is allowed
     */
    public static AgentConfig read(String arguments) throws IOException {
        return read(arguments, System::getProperty, System::getenv);
    }

    static AgentConfig read(String arguments, Function<String, String> property, Function<String, String> environment)
            throws IOException {
        List<Map.Entry<String, String>> file = new ArrayList<>();
        List<Map.Entry<String, String>> given = new ArrayList<>();
        for (String part : BETWEEN_KEYS.split(arguments == null ? "" : arguments.trim())) {
            if (part.startsWith("@")) {
                file.addAll(readFile(Path.of(part.substring(1).trim())));
            } else if (!part.isBlank()) {
                given.add(keyAndValue(part));
            }
        }
        return new AgentConfig(property, environment, file, given);
    }

    private static Map.Entry<String, String> keyAndValue(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException(
                    "not key=value: " + text + "; keys are separated by commas, a file is @file");
        }
        return Map.entry(
                text.substring(0, equals).trim(), text.substring(equals + 1).trim());
    }

    private static List<Map.Entry<String, String>> readFile(Path path) throws IOException {
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a properties file: " + path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException("cannot read the configuration: " + path + ": " + e, e);
        }
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        properties
                .stringPropertyNames()
                .forEach(key ->
                        entries.add(Map.entry(key, properties.getProperty(key).trim())));
        return entries;
    }

    private void takeOuter(String key, String environment, String property) {
        if (environment != null || property != null) {
            take(key, property != null ? property : environment);
        }
    }

    private void take(String name, String value) {
        Optional<AgentKey> key = AgentKey.named(name);
        if (key.isPresent()) {
            own.put(key.get(), value);
            return;
        }
        Optional<ConfigKey> sinkKey = ConfigKey.named(name);
        sinkKey.ifPresent(known -> known.check(value));
        if (sinkKey.isEmpty()) {
            Properties one = new Properties();
            one.setProperty(name, value);
            SinkConfig.builder().properties(one); // encoding.<column> and so on; throws at what it does not know
        }
        sink.setProperty(sinkKey.map(ConfigKey::key).orElse(name), value);
    }

    private void readTaps() {
        Tap last = null;
        for (String word : text(AgentKey.TAPS).split("[+,|\\s]+")) {
            if (word.equals("out") && last != null) {
                taps.put(last, true);
            } else if (!word.isEmpty()) {
                last = Tap.named(word);
                taps.putIfAbsent(last, false);
            }
        }
    }

    private void check() {
        if (!enabled) {
            return;
        }
        if (taps.isEmpty() && pointcuts.isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing to capture: give taps=udp, say, or capture=com.acme.Feed#onPacket(byte[])");
        }
        if (sink.getProperty(ConfigKey.DIRECTORY.key()) == null) {
            throw new IllegalArgumentException("no directory: give directory=/data/capture");
        }
    }

    private String text(AgentKey key) {
        return own.getOrDefault(key, key.fallback()).trim();
    }

    private boolean flag(AgentKey key) {
        return switch (text(key)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw key.invalid(text(key));
        };
    }

    /**
     * Key {@code enabled}.
     *
     * @return false for an agent that does nothing
     */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * Key {@code taps}.
     *
     * @return in their order
     */
    public Set<Tap> taps() {
        return taps.isEmpty() ? EnumSet.noneOf(Tap.class) : EnumSet.copyOf(taps.keySet());
    }

    /**
     * Whether a tap records what is sent, too.
     *
     * @param tap one of {@link #taps()}
     * @return true with {@code +out}
     */
    public boolean takesOut(Tap tap) {
        return taps.getOrDefault(tap, false);
    }

    /**
     * Key {@code capture}.
     *
     * @return in their order
     */
    public List<Pointcut> pointcuts() {
        return List.copyOf(pointcuts);
    }

    /**
     * Key {@code filter-local-port}.
     *
     * @return first and last
     */
    public int[] ports() {
        return new int[] {firstPort, lastPort};
    }

    /**
     * Key {@code filter-remote}.
     *
     * @return or null for any
     */
    public String remote() {
        String text = text(AgentKey.FILTER_REMOTE);
        return text.isEmpty() ? null : text;
    }

    /**
     * Key {@code sample}.
     *
     * @return one of so many is recorded
     */
    public int sampleOf() {
        return sampleOf;
    }

    /**
     * Key {@code on-missing}.
     *
     * @return whether a pointcut that matches nothing is told of
     */
    public boolean warnsOfMissing() {
        return warnsOfMissing;
    }

    /**
     * The keys of the sink.
     *
     * @return a copy
     */
    public Properties sink() {
        Properties copy = new Properties();
        sink.stringPropertyNames().forEach(key -> copy.setProperty(key, sink.getProperty(key)));
        return copy;
    }

    @Override
    public String toString() {
        Stream<String> levels = taps().stream().map(tap -> tap.word() + (takesOut(tap) ? "+out" : ""));
        return Stream.concat(levels, pointcuts.stream().map(Pointcut::text)).collect(Collectors.joining(", "));
    }
}
