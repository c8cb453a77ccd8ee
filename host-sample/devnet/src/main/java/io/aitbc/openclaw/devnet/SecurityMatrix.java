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

        private Optional<Map<String, String>> match(String otherMethod, List<String> path) {
            if (!method.equals(otherMethod) || path.size() != segments.size()) {
                return Optional.empty();
            }
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

    private final List<Route> routes;

    private SecurityMatrix(List<Route> routes) {
        this.routes = routes;
    }

    static SecurityMatrix load() {
        List<Route> exact = new ArrayList<>();
        List<Route> templates = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(SecurityMatrix.class.getResourceAsStream("security-matrix.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    String[] columns = line.split("\t");
                    Access access = Access.valueOf(columns[2].strip().toUpperCase(Locale.ROOT));
                    Route route = new Route(columns[1] + " " + columns[0], columns[1], segments(columns[0]), access);
                    (route.exact() ? exact : templates).add(route);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the security matrix", e);
        }
        exact.addAll(templates);
        return new SecurityMatrix(List.copyOf(exact));
    }

    /** The route of a request; the exact ones go before those with variables. */
    Optional<Match> find(String method, String path) {
        List<String> segments = segments(path);
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(method, segments);
            if (variables.isPresent()) {
                return Optional.of(new Match(route, variables.get()));
            }
        }
        return Optional.empty();
    }

    boolean knows(String routeName) {
        return routes.stream().anyMatch(route -> route.name().equals(routeName));
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
