package io.aitbc.openclaw.host.http.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which endpoint answers which method and path; paths ending in {@code /*} match what follows too, the longest first. */
public final class Routes {
    /** In which of the protocols errors are told. */
    public enum Style {
        OLLAMA,
        OPENAI,
        ANTHROPIC
    }

    /**
     * An endpoint.
     *
     * @param heavy whether it may take long and so counts towards the limit of concurrent requests
     * @param early whether it is called while the host still loads; it waits itself for what it needs
     */
    public record Route(Endpoint endpoint, Style style, boolean heavy, boolean early) {}

    private final Map<String, Map<String, Route>> exact = new HashMap<>();
    private final Map<String, Map<String, Route>> prefixes = new TreeMap<>(Comparator.reverseOrder());

    public void add(String method, String path, Style style, Endpoint endpoint) {
        add(method, path, new Route(endpoint, style, method.equals("POST"), false));
    }

    /** As {@link #add}, of an endpoint that is called while the host still loads. */
    public void addEarly(String method, String path, Style style, Endpoint endpoint) {
        add(method, path, new Route(endpoint, style, method.equals("POST"), true));
    }

    private void add(String method, String path, Route route) {
        if (path.endsWith("/*")) {
            String prefix = path.substring(0, path.length() - 1);
            prefixes.computeIfAbsent(prefix, key -> new TreeMap<>()).put(method, route);
        } else {
            exact.computeIfAbsent(path, key -> new TreeMap<>()).put(method, route);
        }
    }

    public Optional<Route> find(String method, String path) {
        return Optional.ofNullable(methods(path).get(method));
    }

    /** The methods a path answers to, none when it is unknown. */
    public List<String> allowed(String path) {
        return new ArrayList<>(methods(path).keySet());
    }

    private Map<String, Route> methods(String path) {
        Map<String, Route> known = exact.get(path);
        if (known != null) {
            return known;
        }
        for (Map.Entry<String, Map<String, Route>> entry : prefixes.entrySet()) {
            if (path.length() > entry.getKey().length() && path.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return Map.of();
    }
}
