package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.FailureReason;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what a command started when the process is told to stop, and makes that a clean end (exit code 0). */
final class Shutdown implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final AutoCloseable target;
    private final CountDownLatch never = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "shutdown");

    private Shutdown(AutoCloseable target) {
        this.target = target;
    }

    static Shutdown closing(AutoCloseable target) {
        Shutdown shutdown = new Shutdown(target);
        Runtime.getRuntime().addShutdownHook(shutdown.hook);
        return shutdown;
    }

    /** Waits until the process ends or the thread is interrupted. */
    void await() throws InterruptedException {
        while (!never.await(1, TimeUnit.DAYS)) {
            LOG.debug("Still serving");
        }
    }

    private void stop() {
        int exitCode = ExitCode.DONE;
        try {
            target.close();
        } catch (Exception e) {
            LOG.warn("Closing failed: {}", FailureReason.of(e));
            exitCode = ExitCode.FAILED;
        }
        // Without this the JVM reports the signal as its exit code, which supervisors take for a crash.
        Runtime.getRuntime().halt(exitCode);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("Already shutting down");
        }
    }
}
