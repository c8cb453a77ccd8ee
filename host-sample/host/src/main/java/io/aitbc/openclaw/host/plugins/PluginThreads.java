package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for plugin code. What plugins leave behind in a thread (thread locals, above all) would keep them in
 * memory, so no thread outlives its task.
 */
final class PluginThreads {
    private static final Logger LOG = LoggerFactory.getLogger(PluginThreads.class);

    private PluginThreads() {}

    /**
     * For the plugin's own tasks.
     *
     * @param running counts those that run
     */
    static ThreadFactory virtual(String pluginId, ClassLoader loader, AtomicInteger running) {
        ThreadFactory threads = factory(Thread.ofVirtual(), pluginId, loader);
        return task -> threads.newThread(() -> {
            int _ = running.incrementAndGet();
            try {
                task.run();
            } finally {
                int _ = running.decrementAndGet();
            }
        });
    }

    /** For starting, closing and scheduling, which go on even when busy calls hold all carriers of virtual threads. */
    static ThreadFactory platform(String pluginId, ClassLoader loader) {
        return factory(Thread.ofPlatform().daemon(), pluginId, loader);
    }

    private static ThreadFactory factory(Thread.Builder builder, String pluginId, ClassLoader loader) {
        ThreadFactory threads = builder.name("plugin-" + pluginId + "-", 0)
                .inheritInheritableThreadLocals(false)
                .uncaughtExceptionHandler((thread, failure) -> LOG.warn(
                        "plugin task failed plugin={} failure={}", pluginId, FailureText.withoutMessage(failure)))
                .factory();
        return task -> {
            Thread thread = threads.newThread(task);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }

    /**
     * Runs plugin code on a thread of its own.
     *
     * @param doing for error texts: {@code starting}
     */
    static <R> R run(String pluginId, ClassLoader loader, Duration limit, String doing, Callable<R> body)
            throws PluginLoadException {
        FutureTask<R> task = new FutureTask<>(body);
        platform(pluginId, loader).newThread(task).start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginLoadException known) {
                throw known;
            }
            if (e.getCause() instanceof OpenClawException known) {
                throw new PluginLoadException(String.valueOf(known.getMessage()));
            }
            throw new PluginLoadException(doing + " failed: " + FailureText.full(e.getCause()));
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new PluginLoadException(doing + " took longer than " + limit.toMillis() + " ms");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new PluginLoadException(doing + " was interrupted");
        }
    }
}
