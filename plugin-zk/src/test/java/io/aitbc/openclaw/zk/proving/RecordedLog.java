package io.aitbc.openclaw.zk.proving;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** Everything the plugin logs, at every level, while it is open. */
final class RecordedLog implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger("io.aitbc.openclaw.zk");
    private final Level before = root.getLevel();
    private final ListAppender<ILoggingEvent> recorded = new ListAppender<>();

    private RecordedLog() {
        recorded.start();
        root.setLevel(Level.TRACE);
        root.addAppender(recorded);
    }

    /** The plugin itself knows nothing of what writes its log. */
    static RecordedLog start() {
        for (String module : List.of("ch.qos.logback.classic", "ch.qos.logback.core")) {
            Opening.class
                    .getModule()
                    .addReads(ModuleLayer.boot().findModule(module).orElseThrow());
        }
        return Opening.now();
    }

    private static final class Opening {
        static RecordedLog now() {
            return new RecordedLog();
        }
    }

    String text() {
        return List.copyOf(recorded.list).stream()
                .map(event ->
                        event.getFormattedMessage() + " " + event.getKeyValuePairs() + " " + event.getThrowableProxy())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        root.detachAppender(recorded);
        root.setLevel(before);
    }
}
