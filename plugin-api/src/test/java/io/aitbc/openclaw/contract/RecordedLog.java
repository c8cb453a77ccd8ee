package io.aitbc.openclaw.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that is logged below a name, at every level, while it is open; for modules whose tests log with Logback. */
public final class RecordedLog implements AutoCloseable {
    private final Logger root;
    private final Level before;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add("%s %s %s"
                    .formatted(event.getFormattedMessage(), event.getKeyValuePairs(), event.getThrowableProxy()));
        }
    };

    private RecordedLog(Logger root) {
        this.root = root;
        before = root.getLevel();
        appender.start();
        root.setLevel(Level.TRACE);
        root.addAppender(appender);
    }

    /** @param name of a logger, such as the package of a plugin */
    public static RecordedLog of(String name) {
        return new RecordedLog((Logger) LoggerFactory.getLogger(name));
    }

    /** With their keys, values and failures. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    public String text() {
        return String.join("\n", lines);
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        root.setLevel(before);
    }
}
