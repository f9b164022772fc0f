package io.parquetflow.spi;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The configuration keys that name a column: {@code encoding.<column>}, {@code bloom.<column>}, {@code codec.<column>},
 * {@code repair.<column>}, where {@code <column>} is a dotted path. In code, in properties files and as system properties; the environment has no
 * dots.
 *
 * <p>Not thread-safe.
 */
final class ColumnKeys {
    /** What each key begins with. */
    enum Prefix {
        ENCODING("encoding."),
        BLOOM("bloom."),
        CODEC("codec."),
        REPAIR("repair.");

        private final String text;

        Prefix(String text) {
            this.text = text;
        }
    }

    private static final String PROPERTY = "parquetflow.";

    private final Map<String, ColumnOptions> columns = new TreeMap<>();

    void put(String column, ColumnOptions options) {
        columns.put(column, options);
    }

    /** Whether the key is one of these; then it is taken. */
    boolean take(String key, String value) {
        Optional<Prefix> prefix = prefix(key);
        if (prefix.isEmpty()) {
            return false;
        }
        String column = key.substring(prefix.get().text.length());
        if (column.isEmpty()) {
            throw new IllegalArgumentException(
                    "invalid configuration: key=" + key + ": a column's dotted path has to follow");
        }
        ColumnOptions before = columns.getOrDefault(column, ColumnOptions.DEFAULT);
        columns.put(
                column,
                switch (prefix.get()) {
                    case ENCODING -> before.withEncoding(word(ColumnEncoding.class, key, value));
                    case CODEC -> before.withCodec(word(Codec.class, key, value));
                    case BLOOM -> before.withBloom(checked(key, value, "true, false", ConfigText::flag));
                    case REPAIR -> before.withRepair(checked(key, value, "true, false", ConfigText::flag));
                });
        return true;
    }

    private static Optional<Prefix> prefix(String key) {
        for (Prefix prefix : Prefix.values()) {
            if (key.startsWith(prefix.text)) {
                return Optional.of(prefix);
            }
        }
        return Optional.empty();
    }

    private static <E extends Enum<E>> E word(Class<E> type, String key, String value) {
        return checked(key, value, ConfigText.words(type), text -> ConfigText.word(type, text));
    }

    /** As every other key is parsed, with a message that names key, value and what is allowed. */
    private static <T> T checked(String key, String value, String allowed, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "invalid configuration: key=" + key + ", value=" + value + ": " + e.getMessage() + "; allowed: "
                            + allowed,
                    e);
        }
    }

    void takeSystemProperties() {
        Properties system = System.getProperties();
        for (String name : system.stringPropertyNames()) {
            if (name.startsWith(PROPERTY)) {
                take(name.substring(PROPERTY.length()), system.getProperty(name));
            }
        }
    }

    void addAll(ColumnKeys others) {
        columns.putAll(others.columns);
    }

    Map<String, ColumnOptions> all() {
        return Collections.unmodifiableMap(new TreeMap<>(columns));
    }
}
