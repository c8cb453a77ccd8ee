package io.aitbc.openclaw.provider.direct;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the operator allows of the endpoints that offers name.
 *
 * @param ports that may be connected to
 * @param hosts names, or endings of names that start with a dot, that may be asked; empty: any public one
 * @param allowLoopback whether servers of this machine may be asked, also without TLS and on any port: for tests
 */
public record EndpointRules(Set<Integer> ports, List<String> hosts, boolean allowLoopback) {
    public EndpointRules {
        ports = Set.copyOf(ports);
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    boolean admits(String host) {
        return hosts.isEmpty() || hosts.stream().anyMatch(allowed -> matches(host, allowed));
    }

    /** Whether the operator wrote this very name. */
    boolean names(String host) {
        return hosts.contains(host);
    }

    private static boolean matches(String host, String allowed) {
        return allowed.startsWith(".") ? host.endsWith(allowed) : host.equals(allowed);
    }
}
