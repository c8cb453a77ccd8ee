package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.HostAddress;
import io.aitbc.openclaw.host.HostConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether the host can listen where it is told to. When it does so already, with the same data directory, that is as good. */
final class PortCheck {
    private static final String NAME = "port";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HostConfig config;
    private final Probe probe;

    PortCheck(HostConfig config, Probe probe) {
        this.config = config;
        this.probe = probe;
    }

    Check examine() throws InterruptedException {
        if (config.port() == 0) {
            return Check.ok(NAME, "any free one");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(config.host(), config.port()));
            return Check.ok(NAME, config.port() + " is free");
        } catch (IOException e) {
            Optional<HostAddress.Running> own = running().filter(running -> isHere(running.url()));
            return own.isPresent() ? own(own.get()) : foreign();
        }
    }

    /** Empty also in a data directory of somebody else, of which another check tells. */
    private Optional<HostAddress.Running> running() {
        try {
            return HostAddress.ofRunning(config.dataDirectory());
        } catch (OpenClawException e) {
            return Optional.empty();
        }
    }

    private boolean isHere(URI url) {
        try {
            return url.getPort() == config.port()
                    && InetAddress.getByName(url.getHost()).equals(InetAddress.getByName(config.host()));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The address is that of our host: only what answers there knows whether it is ours. */
    private Check own(HostAddress.Running running) throws InterruptedException {
        JsonNode identity;
        try (HostClient host = HostClient.require(config)) {
            identity = host.get("host", PATIENCE);
        } catch (CommandFailure e) {
            return Check.failed(
                    NAME,
                    "%d is taken by a host with this data directory that does not say who it is: %s"
                            .formatted(config.port(), e.getMessage()),
                    "stop it and start it again");
        }
        return !running.instance().isEmpty()
                        && running.instance().equals(identity.path("instance").asString(""))
                ? Check.ok(
                        NAME,
                        "%d is in use by this host, which is running (version %s)"
                                .formatted(
                                        config.port(), identity.path("version").asString("unknown")))
                : foreign();
    }

    private Check foreign() throws InterruptedException {
        return Check.failed(
                NAME,
                "%d is taken by %s".formatted(config.port(), who()),
                "stop it, or choose another port with --port (0 takes any free one)");
    }

    private String who() throws InterruptedException {
        URI url = HostAddress.url(config.host(), config.port());
        Optional<String> other = version(url, "/api/v1/openclaw/host");
        return other.isPresent()
                ? "a host of version %s with another data directory".formatted(other.get())
                : version(url, "/api/version")
                        .map("an Ollama-compatible server, version %s"::formatted)
                        .orElse("another program");
    }

    private Optional<String> version(URI url, String path) throws InterruptedException {
        return probe.get(url, path).map(answer -> answer.path("version").asString("unknown"));
    }
}
