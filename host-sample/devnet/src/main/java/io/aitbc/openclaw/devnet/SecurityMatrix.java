package io.aitbc.openclaw.devnet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who may call which route. A path the matrix does not know is refused, so an unknown path never answers 404. */
final class SecurityMatrix {
    enum Access {
        NONE,
        ANY,
        CLIENT,
        MINER,
        ADMIN,
        ADMIN_OR_CLIENT,
        DENY
    }

    /**
     * A route that exists on the real coordinator.
     *
     * @param name method and path template: {@code GET /v1/jobs/{job_id}}
     */
    record Route(String name, String method, List<String> segments, Access access) {
        private boolean exact() {
            return segments.stream().noneMatch(Route::variable);
        }

        private Optional<Map<String, String>> match(List<String> path) {
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (variable(segment)) {
                    variables.put(segment.substring(1, segment.length() - 1), path.get(i));
                } else if (!segment.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(Map.copyOf(variables));
        }

        private static boolean variable(String segment) {
            return segment.startsWith("{");
        }
    }

    record Match(Route route, Map<String, String> variables) {}

    private final Map<String, Route> exact;

    /** By method and number of segments, in the order of the file. */
    private final Map<String, List<Route>> templates;

    private SecurityMatrix(List<Route> routes) {
        exact = routes.stream().filter(Route::exact).collect(Collectors.toMap(Route::name, route -> route));
        templates = routes.stream()
                .filter(route -> !route.exact())
                .collect(Collectors.groupingBy(
                        route -> key(route.method(), route.segments().size())));
    }

    private static String key(String method, int segments) {
        return method + " " + segments;
    }

    static SecurityMatrix load() {
        List<Route> routes = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(SecurityMatrix.class.getResourceAsStream("security-matrix.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] columns = line.split("\t");
                    Access access = Access.valueOf(columns[2].strip().toUpperCase(Locale.ROOT));
                    routes.add(new Route(columns[1] + " " + columns[0], columns[1], segments(columns[0]), access));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the security matrix", e);
        }
        return new SecurityMatrix(routes);
    }

    /** The route of a request; the exact ones go before those with variables. */
    Optional<Match> find(String method, String path) {
        Route direct = exact.get(method + " " + path);
        if (direct != null) {
            return Optional.of(new Match(direct, Map.of()));
        }
        List<String> segments = segments(path);
        for (Route route : templates.getOrDefault(key(method, segments.size()), List.of())) {
            Optional<Map<String, String>> variables = route.match(segments);
            if (variables.isPresent()) {
                return Optional.of(new Match(route, variables.get()));
            }
        }
        return Optional.empty();
    }

    boolean knows(String routeName) {
        return exact.containsKey(routeName)
                || templates.values().stream()
                        .flatMap(List::stream)
                        .anyMatch(route -> route.name().equals(routeName));
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
