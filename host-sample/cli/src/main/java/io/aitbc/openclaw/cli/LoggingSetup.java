package io.aitbc.openclaw.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Logs go to standard error, warnings and worse unless asked for more. Found by logback as a service. */
public final class LoggingSetup extends ContextAwareBase implements Configurator {
    private static final String PLUGINS = "io.aitbc.openclaw.plugins";

    /** Control characters are replaced: what a client or a miner sent must not look like a line of its own. */
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0} - "
            + "%replace(%msg%replace( %kvp){'^ $',''}){'[\\x00-\\x1F\\x7F-\\x9F\\u2028\\u2029]','?'}%n%ex{short}";

    @Override
    public ExecutionStatus configure(LoggerContext loggers) {
        PatternLayoutEncoder encoder = encoder(loggers);
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(loggers);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    static PatternLayoutEncoder encoder(LoggerContext loggers) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(loggers);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    /** Sends what libraries log through java.util.logging the same way. */
    static void bridgeJavaLogging() {
        // Before there is a second thread: what two of them log meanwhile is complained about.
        ILoggerFactory _ = LoggerFactory.getILoggerFactory();
        java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Says what becomes of plugin files, which hosts change by, unless only errors are asked for. */
    static void tellOfPlugins() {
        LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        ch.qos.logback.classic.Logger plugins = loggers.getLogger(PLUGINS);
        if (plugins.getEffectiveLevel() == Level.WARN) {
            plugins.setLevel(Level.INFO);
        }
    }

    /**
     * Sets how much is logged.
     *
     * @param level {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
     * @return whether there is such a level
     */
    static boolean level(String level) {
        Optional<Level> wanted = Optional.ofNullable(Level.toLevel(level.strip().toUpperCase(Locale.ROOT), null));
        wanted.ifPresent(it -> {
            LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
            loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                    .setLevel(it.isGreaterOrEqual(Level.INFO) ? it : Level.INFO);
            loggers.getLogger("io.aitbc.openclaw").setLevel(it);
            loggers.getLogger(PLUGINS).setLevel(null);
        });
        return wanted.isPresent();
    }
}
