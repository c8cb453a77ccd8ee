package io.aitbc.openclaw.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.CoreConstants;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.Reporter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logs go to standard error, warnings and worse unless asked for more.
 *
 * <p>SLF4J is told that this is its provider, and logback how it is set up: each of them would look through every jar there is for somebody
 * who says so, and a start waits for logging.
 */
public final class LoggingSetup implements SLF4JServiceProvider {
    private static final String PLUGINS = "io.aitbc.openclaw.plugins";

    private final LoggerContext loggers = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter context = new LogbackMDCAdapter();

    /** For SLF4J. */
    public LoggingSetup() {}

    @Override
    public void initialize() {
        loggers.setName(CoreConstants.DEFAULT_CONTEXT_NAME);
        loggers.setMDCAdapter(context);
        LogLines encoder = new LogLines();
        encoder.setContext(loggers);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(loggers);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        var root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        loggers.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return context;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99"; // any 2.0, as logback says of itself
    }

    /** Starts to log. To be called before there is a second thread: what two of them log meanwhile is complained about. */
    static void start() {
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, LoggingSetup.class.getName());
        System.setProperty(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY, "WARN"); // or it says that it was told
        ILoggerFactory _ = LoggerFactory.getILoggerFactory();
    }

    /** Sends what libraries log through java.util.logging the same way. */
    static void bridgeJavaLogging() {
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
