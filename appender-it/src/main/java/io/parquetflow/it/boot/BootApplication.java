package io.parquetflow.it.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves one page and logs that it did. Nothing of the appender: that is in the configuration.
 *
 * <p>Thread-safe.
 */
@SpringBootApplication
@RestController
public class BootApplication {
    private static final Logger LOGGER = LoggerFactory.getLogger(BootApplication.class);

    /** For Spring. */
    public BootApplication() {}

    /**
     * Starts it.
     *
     * @param args Spring Boot's
     */
    public static void main(String[] args) {
        SpringApplication.run(BootApplication.class, args);
    }

    /**
     * The page.
     *
     * @return its text
     */
    @GetMapping("/hello")
    public String hello() {
        LOGGER.info("said hello");
        return "hello";
    }
}
