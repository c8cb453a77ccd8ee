package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the extensions of one generation of a plugin share, closed in the reverse order of its making. */
final class SharedObjects implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedObjects.class);

    private final String pluginId;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Class<?>, AutoCloseable> objects = new HashMap<>();
    private final Deque<AutoCloseable> newestFirst = new ArrayDeque<>();
    private boolean closed;

    SharedObjects(String pluginId) {
        this.pluginId = pluginId;
    }

    <T extends AutoCloseable> T get(Class<T> type, Supplier<T> create) {
        lock.lock();
        try {
            if (closed) {
                throw new OpenClawException(
                        ErrorCode.PLUGIN_UNAVAILABLE, "The plugin %s is being unloaded".formatted(pluginId));
            }
            AutoCloseable known = objects.get(type);
            if (known == null) {
                known = create.get();
                objects.put(type, known);
                newestFirst.push(known);
            }
            return type.cast(known);
        } finally {
            lock.unlock();
        }
    }

    /** One that fails to close does not keep the others open. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (!newestFirst.isEmpty()) {
                close(newestFirst.pop());
            }
            objects.clear();
        } finally {
            lock.unlock();
        }
    }

    private void close(AutoCloseable object) {
        try {
            object.close();
        } catch (Exception e) {
            LOG.atWarn()
                    .addKeyValue("plugin", pluginId)
                    .addKeyValue("type", object.getClass().getName())
                    .log("shared object not closed: {}", FailureReason.of(e));
        }
    }
}
