package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.provider.config.Settings;
import io.aitbc.openclaw.provider.direct.DirectLimits;
import io.aitbc.openclaw.provider.direct.EndpointRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How providers are asked without the coordinator in between.
 *
 * @param transport how requests travel
 * @param paid whether offers that cost something are asked directly too
 * @param authorities certificates to trust beside those of the JDK
 */
record DirectSettings(
        Transport transport, boolean paid, EndpointRules rules, DirectLimits limits, Optional<Path> authorities) {

    private static final String DEFAULT_PORTS = "443, 8443, 11434";
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** How a request travels. */
    enum Transport {
        /** As a job that the coordinator passes on. */
        JOB,
        /** To the endpoint an offer names. */
        DIRECT,
        /** Directly where an offer allows it and the request needs nothing that only jobs have, else as a job. */
        AUTO
    }

    static DirectSettings of(PluginConfig config) {
        boolean paid = paid(config);
        if (paid && config.text("chain-url").isEmpty()) {
            throw Settings.invalid(config, "chain-url", "set when direct is paid: escrows are made there");
        }
        boolean loopback = config.flag("direct-allow-loopback", config.flag("test-network", false));
        return new DirectSettings(
                transport(config),
                paid,
                new EndpointRules(ports(config), list(config.text("direct-hosts", "")), loopback),
                DirectLimits.of(
                        Settings.within(config, "direct-first-byte-timeout", Duration.ofSeconds(60), SHORTEST, LONGEST),
                        Settings.within(config, "direct-idle-timeout", Duration.ofSeconds(30), SHORTEST, LONGEST),
                        Settings.within(config, "direct-timeout", Duration.ofMinutes(10), SHORTEST, LONGEST)),
                config.text("direct-ca-file").map(Path::of));
    }

    private static boolean paid(PluginConfig config) {
        return switch (config.text("direct", "free")) {
            case "free" -> false;
            case "paid" -> true;
            default -> throw Settings.invalid(config, "direct", "free or paid");
        };
    }

    private static Transport transport(PluginConfig config) {
        String name = config.text("transport", "job");
        return Arrays.stream(Transport.values())
                .filter(transport -> transport.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> Settings.invalid(config, "transport", "job, direct or auto"));
    }

    private static Set<Integer> ports(PluginConfig config) {
        return list(config.text("direct-ports", DEFAULT_PORTS)).stream()
                .map(text -> port(config, text))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int port(PluginConfig config, String text) {
        int port = text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw Settings.invalid(config, "direct-ports", "ports separated by commas");
        }
        return port;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
