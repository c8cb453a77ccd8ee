package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Extension;
import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The extensions of one loaded version of a plugin, and the leases of the calls that run in them.
 *
 * <p>The count starts at one, the registry's own lease. Once it is zero no call runs and none can start any more.
 */
final class Generation {
    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);
    /** How long aborted calls may take to notice. */
    private static final Duration ABORT_LIMIT = Duration.ofSeconds(1);

    private final String pluginId;
    private final int number;
    private final @Nullable ClassLoader loader;
    private final Map<ExtensionKey<?>, Extension> extensions;
    private final AtomicInteger leases = new AtomicInteger(1);
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();
    /** Counted down when the last call ends, or when nobody wants to wait for it any longer. */
    private final CountDownLatch settled = new CountDownLatch(1);

    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean aborting;

    /** @param loader the context class loader of calls; null for the host's own extensions, which keep the caller's */
    Generation(String pluginId, int number, @Nullable ClassLoader loader, Map<ExtensionKey<?>, Extension> extensions) {
        this.pluginId = pluginId;
        this.number = number;
        this.loader = loader;
        this.extensions = new LinkedHashMap<>(extensions);
    }

    String pluginId() {
        return pluginId;
    }

    int number() {
        return number;
    }

    @Nullable
    ClassLoader loader() {
        return loader;
    }

    Set<ExtensionKey<?>> keys() {
        return extensions.keySet();
    }

    int running() {
        return running.size();
    }

    /** The number of calls, which goes on to be right when this generation is forgotten. */
    AtomicInteger calls() {
        return calls;
    }

    /** False once it has drained. */
    boolean tryAcquire() {
        int count = leases.get();
        while (count > 0) {
            if (leases.compareAndSet(count, count + 1)) {
                return true;
            }
            count = leases.get();
        }
        return false;
    }

    void release() {
        if (leases.decrementAndGet() == 0) {
            drained.countDown();
            settled.countDown();
        }
    }

    /** A drain that waits does so no longer. */
    void hurry() {
        settled.countDown();
    }

    /** Runs plugin code. The caller holds a lease. */
    <T extends Extension, R> R call(ExtensionKey<T> key, String operation, Function<? super T, ? extends R> body) {
        T target = target(key);
        Call call = new Call();
        enter(call);
        ClassLoader before = switchContext();
        try {
            @Nullable R result = body.apply(target);
            if (result == null) {
                throw new OpenClawException(
                        ErrorCode.INTERNAL, "Plugin '" + pluginId + "' returned nothing from " + operation);
            }
            return result;
        } catch (Throwable failure) {
            throw failure(operation, failure, call.aborted());
        } finally {
            restoreContext(before);
            call.end();
            leave(call);
        }
    }

    private <T extends Extension> T target(ExtensionKey<T> key) {
        Extension target = extensions.get(key);
        if (target == null) {
            throw new OpenClawException(
                    ErrorCode.PLUGIN_UNAVAILABLE, "Plugin '" + pluginId + "' no longer contributes " + key);
        }
        return key.type().cast(target);
    }

    void enter(Running call) {
        if (running.add(call)) {
            int _ = calls.incrementAndGet();
        }
        if (aborting) {
            call.abort();
        }
    }

    void leave(Running call) {
        if (running.remove(call)) {
            int _ = calls.decrementAndGet();
        }
    }

    ClassLoader switchContext() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (loader != null) {
            thread.setContextClassLoader(loader);
        }
        return before;
    }

    void restoreContext(ClassLoader before) {
        if (loader != null) {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    static OpenClawException unloadedDuring(String operation) {
        return new OpenClawException(
                ErrorCode.PLUGIN_UNAVAILABLE,
                "The plugin was unloaded while it worked on " + operation + "; try again");
    }

    /** What the caller gets in place of what the plugin threw. */
    OpenClawException failure(String operation, Throwable failure, boolean aborted) {
        if (aborted) {
            return unloadedDuring(operation);
        }
        boolean host = loader == null;
        if (failure instanceof OpenClawException known) {
            return host ? known : copy(known);
        }
        String text = FailureText.withoutMessage(failure);
        LOG.warn("extension failed plugin={} generation={} operation={} failure={}", pluginId, number, operation, text);
        return new OpenClawException(
                ErrorCode.INTERNAL,
                "Plugin '" + pluginId + "' failed in " + operation + ": " + text,
                host ? failure : null);
    }

    /** Without cause and stack trace of the original, which would keep the plugin's classes in memory. */
    private static OpenClawException copy(OpenClawException original) {
        String message = String.valueOf(original.getMessage());
        return original.upstreamStatus().isPresent()
                ? OpenClawException.upstream(
                        original.code(), original.upstreamStatus().getAsInt(), message)
                : new OpenClawException(original.code(), message);
    }

    /**
     * Gives up the registry's lease and waits for the calls, at the deadline aborts those that are left.
     *
     * @return whether no call runs any more
     */
    boolean drain(Duration limit) {
        release();
        if (await(settled, limit)) {
            return true;
        }
        aborting = true;
        LOG.warn("plugin calls aborted plugin={} generation={} calls={}", pluginId, number, running.size());
        running.forEach(call -> Thread.ofPlatform().daemon().start(call::abort));
        return await(drained, ABORT_LIMIT);
    }

    private boolean await(CountDownLatch latch, Duration limit) {
        try {
            boolean _ = latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return drained.getCount() == 0;
    }
}
