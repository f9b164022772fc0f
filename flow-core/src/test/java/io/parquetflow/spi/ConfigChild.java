package io.parquetflow.spi;

import java.nio.file.Path;

/** The other process of {@link SinkConfigTest}: an environment cannot be changed from within. */
public final class ConfigChild {
    private ConfigChild() {}

    /** One argument: a properties file. Prints what four keys became. */
    public static void main(String[] arguments) throws Exception {
        SinkConfig config = SinkConfig.builder()
                .properties(Path.of(arguments[0]))
                .set(ConfigKey.NAME, "code")
                .build();
        System.out.print(config.name() + " " + config.number(ConfigKey.RETAIN_FILES) + " "
                + config.number(ConfigKey.ROTATE_BYTES) + " " + config.number(ConfigKey.ROTATE_ROWS) + " "
                + config.isGiven(ConfigKey.ROTATE_ROWS) + " " + config.isGiven(ConfigKey.CODEC));
    }
}
