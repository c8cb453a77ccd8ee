package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.provider.coordinator.CallScope;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The pieces of work that are under way, each in a scope of its own, all ended by closing. */
final class CallScopes implements AutoCloseable {
    private final Set<CallScope> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    <T> T run(Function<CallScope, T> work) {
        CallScope scope = new CallScope();
        open.add(scope);
        try {
            if (closed) {
                scope.cancel();
            }
            return work.apply(scope);
        } finally {
            open.remove(scope);
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(CallScope::cancel);
    }
}
