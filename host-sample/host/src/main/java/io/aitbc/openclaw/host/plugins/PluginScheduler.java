package io.aitbc.openclaw.host.plugins;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log when a periodic task of a plugin failed, after which it does not run again. */
final class PluginScheduler extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(PluginScheduler.class);

    private final String pluginId;

    PluginScheduler(String pluginId, ThreadFactory threads) {
        super(1, threads);
        this.pluginId = pluginId;
        setRemoveOnCancelPolicy(true);
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable failure) {
        super.afterExecute(task, failure);
        if (failure == null && task instanceof Future<?> future && future.isDone()) {
            logFailure(future);
        }
    }

    private void logFailure(Future<?> future) {
        try {
            Object _ = future.get();
        } catch (CancellationException e) {
            // Canceled on purpose.
        } catch (ExecutionException e) {
            LOG.warn(
                    "scheduled plugin task failed plugin={} failure={}",
                    pluginId,
                    FailureText.withoutMessage(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
