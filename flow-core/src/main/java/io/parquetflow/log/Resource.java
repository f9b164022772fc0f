package io.parquetflow.log;

import io.parquetflow.spi.HostName;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Who logs: OpenTelemetry's resource. The configuration's keys count before {@code OTEL_SERVICE_NAME} and {@code
 * OTEL_RESOURCE_ATTRIBUTES}, and these before {@code spring.application.name}.
 *
 * <p>Thread-safe: immutable.
 *
 * @param service the service's name; never empty
 * @param host the machine's name
 * @param attributes in the order in which they were given, without the service's name
 */
record Resource(String service, String host, Map<String, String> attributes) {
    private static final String SERVICE_NAME = "service.name";
    private static final String UNKNOWN = "unknown_service:java";

    /** Each row has them: beyond this they are left out, the last ones first. */
    private static final int MOST_BYTES = 4 << 10;

    static Resource of(String service, String resource, UnaryOperator<String> environment) {
        Map<String, String> all = new LinkedHashMap<>(pairs(environment.apply("OTEL_RESOURCE_ATTRIBUTES"), true));
        String otelName = environment.apply("OTEL_SERVICE_NAME");
        if (otelName != null && !otelName.isBlank()) {
            all.put(SERVICE_NAME, otelName.trim());
        }
        all.putAll(pairs(resource, false));
        String fromResource = all.remove(SERVICE_NAME);
        String name = firstOf(
                service,
                fromResource,
                System.getProperty("spring.application.name"),
                environment.apply("SPRING_APPLICATION_NAME"),
                UNKNOWN);
        String host = all.getOrDefault("host.name", HostName.read());
        return new Resource(name, host, bounded(all));
    }

    private static String firstOf(String... names) {
        for (String name : names) {
            if (name != null && !name.isBlank()) {
                return name.trim();
            }
        }
        return UNKNOWN;
    }

    /** What is no pair is passed over: the environment is not ours to complain of. */
    private static Map<String, String> pairs(String text, boolean encoded) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (text == null) {
            return pairs;
        }
        for (String pair : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && !pair.substring(0, equals).isBlank()) {
                String value = pair.substring(equals + 1).trim();
                pairs.put(pair.substring(0, equals).trim(), encoded ? decoded(value) : value);
            }
        }
        return pairs;
    }

    /** Percent encoding, in which a plus sign is itself. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static Map<String, String> bounded(Map<String, String> all) {
        Map<String, String> some = new LinkedHashMap<>();
        int bytes = 0;
        for (Map.Entry<String, String> entry : all.entrySet()) {
            bytes += 4 * (entry.getKey().length() + entry.getValue().length());
            if (bytes <= MOST_BYTES) {
                some.put(entry.getKey(), entry.getValue());
            }
        }
        return some;
    }
}
