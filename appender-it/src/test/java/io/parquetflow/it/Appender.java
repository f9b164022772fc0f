package io.parquetflow.it;

import java.nio.file.Path;

/** The appenders, and where their jars are as they are delivered. */
enum Appender {
    LOGBACK("logback", "parquet-flow-logback", "io.parquetflow.logback", "appender-logback"),
    LOG4J("log4j", "parquet-flow-log4j2", "io.parquetflow.log4j2", "appender-log4j");

    private final String framework;
    private final String artifact;
    private final String home;
    private final Path module;

    Appender(String framework, String artifact, String home, String module) {
        this.framework = framework;
        this.artifact = artifact;
        this.home = home;
        this.module = Path.of(System.getProperty("project.root"), module);
    }

    /** What the build put beside the class path. */
    static Path libraries(String name) {
        return Path.of(System.getProperty("build.directory"), "it", name);
    }

    /** Its first name. */
    String framework() {
        return framework;
    }

    String artifact() {
        return artifact;
    }

    /** The package that everything in the jar is below. */
    String home() {
        return home;
    }

    Path module() {
        return module;
    }

    /** All that a Spring Boot application with this appender has. */
    Path bootLibraries() {
        return libraries(framework);
    }

    Path jar() {
        return bootLibraries().resolve(artifact + "-" + System.getProperty("project.version") + ".jar");
    }
}
