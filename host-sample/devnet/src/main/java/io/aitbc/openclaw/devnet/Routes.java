package io.aitbc.openclaw.devnet;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The handlers of the coordinator, by the name their route has in the {@link SecurityMatrix}. */
final class Routes {
    /**
     * A request on its way to a handler.
     *
     * @param variables of the path
     */
    record Call(ApiRequest request, Map<String, String> variables, Caller caller) {
        String variable(String name) {
            String value = variables.get(name);
            if (value == null) {
                throw new IllegalStateException("the route has no variable " + name);
            }
            return value;
        }

        String client() {
            if (caller instanceof Caller.Client client) {
                return client.userId();
            }
            throw ApiFailure.detail(403, "Forbidden");
        }

        String miner() {
            if (caller instanceof Caller.MinerKey miner) {
                return miner.minerId();
            }
            throw ApiFailure.detail(403, "Forbidden");
        }
    }

    /** Who calls. */
    sealed interface Caller {
        record Nobody() implements Caller {}

        record Client(String userId) implements Caller {}

        record MinerKey(String minerId) implements Caller {}
    }

    @FunctionalInterface
    interface Handler {
        ApiResponse handle(Call call);
    }

    /**
     * A registered handler.
     *
     * @param alone whether it reads or changes the state of the coordinator, one request at a time
     */
    record Entry(Handler handler, boolean alone) {}

    private final SecurityMatrix matrix;
    private final Map<String, Entry> entries = new HashMap<>();

    Routes(SecurityMatrix matrix) {
        this.matrix = matrix;
    }

    void on(String name, Handler handler) {
        add(name, new Entry(handler, true));
    }

    /** For handlers that take long and touch no state. */
    void onConcurrently(String name, Handler handler) {
        add(name, new Entry(handler, false));
    }

    private void add(String name, Entry entry) {
        if (!matrix.knows(name) || entries.put(name, entry) != null) {
            throw new IllegalArgumentException("no such route, or twice: " + name);
        }
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }
}
