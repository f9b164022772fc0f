package io.parquetflow.it;

import java.io.IOException;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.message.StringMapMessage;

/** What the integration tests run with Log4j. It knows Log4j's API and nothing else. */
final class Log4jApplication extends Scenarios {
    private static final Logger LOGGER = LogManager.getLogger("com.acme.Orders");

    private Log4jApplication() {}

    public static void main(String[] args) throws Exception {
        new Log4jApplication().run(args);
    }

    @Override
    void info(String template, Object argument) {
        LOGGER.info(template, argument);
    }

    @Override
    void everyKind() {
        say("logs by " + jar(LogManager.getFactory().getClass()) + " "
                + LOGGER.getClass().getSimpleName());
        for (Level level :
                new Level[] {Level.TRACE, Level.DEBUG, Level.WARN, Level.FATAL, Level.forName("NOTICE", 350)}) {
            LOGGER.log(level, "a level");
        }
        ThreadContext.put("user", "bob");
        ThreadContext.push("shop");
        Marker audit = MarkerManager.getMarker("AUDIT").setParents(MarkerManager.getMarker("SECURITY"));
        LOGGER.info(audit, "order {} filled at {} for {}", 42, 1.5, List.of("bob"));
        ThreadContext.clearAll();
        LOGGER.error("{} failed", "it", new IllegalStateException("outer", new IOException("inner")));
        LOGGER.info(new StringMapMessage().with("side", "buy"));
    }
}
