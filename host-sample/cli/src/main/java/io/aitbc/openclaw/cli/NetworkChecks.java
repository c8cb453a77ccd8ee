package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.PluginConfig;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.NetworkTarget;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the doctor looks at when a network is used: its services, its clock, and what is needed to buy there. */
final class NetworkChecks {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final HostConfig config;
    private final PluginConfig provider;
    private final Probe probe;
    private final InstantSource clock;
    private final VersionChecks versions;

    NetworkChecks(HostConfig config, Probe probe, InstantSource clock, VersionChecks versions) {
        this.versions = versions;
        this.config = config;
        this.provider = config.plugin("aitbc-provider");
        this.probe = probe;
        this.clock = clock;
    }

    List<Check> examine() throws InterruptedException {
        return switch (config.network()) {
            case NetworkTarget.Devnet devnet -> unneeded("the devnet of this process");
            case NetworkTarget.Off off -> unneeded("off; only local models are served");
            case NetworkTarget.Coordinator(URI url) -> examine(url);
        };
    }

    private static List<Check> unneeded(String coordinator) {
        return List.of(
                Check.ok("coordinator", coordinator),
                Check.ok("offers", "not needed"),
                Check.ok("wallet key", "not needed"));
    }

    private List<Check> examine(URI url) throws InterruptedException {
        List<Check> checks = new ArrayList<>();
        URI base = base(url);
        Optional<Probe.Answer> health = probe.ask(base, "/health");
        checks.add(coordinator(base, health));
        if (health.isPresent()) {
            Optional<String> spoken = spoken(probe, base);
            checks.add(protocol(base, spoken));
            spoken.ifPresent(protocol ->
                    checks.add(versions.check("coordinator software", SurroundingVersions.COORDINATOR, protocol)));
            checks.add(clock(base, health.get()));
        }
        checks.add(offers());
        checks.add(service("chain", "chain-url", "/rpc/head", "the balance of your account is not shown"));
        checks.add(service("agents", "agent-registry-url", "/health", "no agents are found"));
        checks.add(walletKey());
        checks.add(receiptKeys());
        return checks;
    }

    /** As the plugin reads it: the versions of the interface do not belong to the address. */
    static URI base(URI url) {
        return URI.create(url.toString().replaceAll("/+$", "").replaceAll("/(v1|rpc)$", ""));
    }

    private static Check coordinator(URI base, Optional<Probe.Answer> health) {
        if (health.flatMap(Probe.Answer::json).isEmpty()) {
            return Check.failed(
                    "coordinator",
                    "nothing answers at %s/health".formatted(base),
                    "check the URL, or use --aitbc devnet or --aitbc off");
        }
        return readableOnTheWay(base)
                ? Check.warning(
                        "coordinator",
                        base + " is healthy; prompts and tokens travel there unencrypted",
                        "use an https URL")
                : Check.ok("coordinator", base + " is healthy");
    }

    private static boolean readableOnTheWay(URI url) {
        String host = String.valueOf(url.getHost());
        return !"https".equals(url.getScheme())
                && !host.equals("localhost")
                && !host.equals("[::1]")
                && !host.startsWith("127.");
    }

    /** A request that changes nothing, without a token: only the current software asks for one. */
    static Optional<String> spoken(Probe probe, URI base) throws InterruptedException {
        Optional<Probe.Answer> answer = probe.ask(base, "/v1/jobs?limit=1");
        if (answer.isEmpty() || answer.get().status() >= 500 || answer.get().status() == 429) {
            return Optional.empty();
        }
        return Optional.of(answer.get().bearerChallenge() || answer.get().status() == 403 ? "current" : "march");
    }

    private Check protocol(URI base, Optional<String> spoken) {
        if (spoken.isEmpty()) {
            return Check.warning(
                    "protocol",
                    "%s/v1/jobs does not say which protocol it speaks".formatted(base),
                    "try again later, or set plugins.aitbc-provider.profile to current or march");
        }
        String found = spoken.get();
        String wanted = provider.text("profile", "auto");
        return wanted.equals("auto") || wanted.equals(found)
                ? Check.ok("protocol", found)
                : Check.warning(
                        "protocol",
                        "%s speaks the protocol '%s', and '%s' is set".formatted(base, found, wanted),
                        "set plugins.aitbc-provider.profile to auto or " + found);
    }

    private Check clock(URI base, Probe.Answer health) {
        if (health.date().isEmpty()) {
            return Check.ok("clock", "the coordinator does not tell its time");
        }
        Instant theirs = health.date().get();
        Duration ahead = Duration.between(theirs, clock.instant());
        return ahead.abs().compareTo(CLOCKS_DIFFER) <= 0
                ? Check.ok("clock", "as that of the coordinator")
                : Check.warning(
                        "clock",
                        "this machine is %d s %s %s"
                                .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of", base),
                        "set the clock, best by NTP: logins, jobs and offers end at times that both have to agree on");
    }

    private Check offers() throws InterruptedException {
        Optional<String> url = provider.text("marketplace-url");
        if (url.isEmpty()) {
            return Check.failed(
                    "offers",
                    "no marketplace service is set, so the network's models are unknown",
                    "set AITBC_MARKETPLACE_URL to the service with the network's software offers");
        }
        try {
            return probe.get(base(URI.create(url.get())), "/health").isPresent()
                    ? Check.ok("offers", url.get() + " is healthy")
                    : Check.warning(
                            "offers",
                            "nothing answers at %s/health".formatted(url.get()),
                            "check AITBC_MARKETPLACE_URL");
        } catch (IllegalArgumentException e) {
            return Check.failed("offers", url.get() + " is no URL", "check AITBC_MARKETPLACE_URL");
        }
    }

    /** A service the host can do without. */
    private Check service(String name, String key, String path, String without) throws InterruptedException {
        Optional<String> url = provider.text(key);
        String setting = "plugins.aitbc-provider." + key;
        if (url.isEmpty()) {
            return Check.ok(name, "not used; " + without);
        }
        try {
            URI base = base(URI.create(url.get()));
            return probe.get(base, path).isPresent()
                    ? Check.ok(name, base + " answers")
                    : Check.warning(name, "nothing answers at %s%s".formatted(base, path), "check " + setting);
        } catch (IllegalArgumentException e) {
            return Check.failed(name, url.get() + " is no URL", "check " + setting);
        }
    }

    private Check walletKey() {
        if (provider.text("wallet-key").isPresent()) {
            return Check.ok("wallet key", "set");
        }
        Optional<Path> keyFile = provider.text("wallet-key-file").map(Path::of);
        if (keyFile.isEmpty()) {
            return Check.failed(
                    "wallet key",
                    "none is set, so offers can be read and nothing can be bought",
                    "set AITBC_WALLET_KEY_FILE to a file with a 0x-prefixed secp256k1 key that only you can read");
        }
        if (!Files.isReadable(keyFile.get())) {
            return Check.failed("wallet key", keyFile.get() + " cannot be read", "check the path and its rights");
        }
        return FileRights.readableByOthers(keyFile.get())
                ? Check.warning(
                        "wallet key", keyFile.get() + " can be read by other users", "chmod 600 " + keyFile.get())
                : Check.ok("wallet key", "in " + keyFile.get());
    }

    private Check receiptKeys() {
        long keys = provider.text("trusted-receipt-keys", "")
                .lines()
                .flatMap(line -> List.of(line.split("[,\\s]+")).stream())
                .filter(key -> !key.isBlank())
                .count();
        return keys > 0
                ? Check.ok("receipt keys", keys + " pinned")
                : Check.warning(
                        "receipt keys",
                        "none is pinned, so every answer of the network stays at assurance NONE",
                        "ask the operator for the coordinator's key, and set plugins.aitbc-provider.trusted-receipt-keys");
    }
}
