package io.aitbc.openclaw.bench.faults;

import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.MinerOptions;
import io.aitbc.openclaw.devnet.Quirk;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.testing.OllamaLines;
import io.aitbc.openclaw.testing.ScriptedAnswer;
import io.aitbc.openclaw.testing.ScriptedModel;
import io.aitbc.openclaw.testing.ScriptedOllama;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A host with a local Ollama and a network that can both be told to misbehave. {@link #BOTH} is a model that the Ollama and
 * the network have, {@link #LOCAL} one that only the Ollama has, {@link #NETWORK} the network's by name, and
 * {@link #pinned()} the network's at its one miner, which nobody can stand in for.
 */
final class Stage implements AutoCloseable {
    static final String BOTH = "wren-tiny:latest";
    static final String LOCAL = "solo:latest";
    static final String NETWORK = "aitbc/wren-tiny:latest";

    /** How the host asks its network. */
    enum Transport {
        /** By jobs, which the coordinator passes on. */
        JOB("devnet-miner-1", Map.of()),
        /** At the endpoint of a miner, which is paid by an escrow on the chain. */
        DIRECT(
                "devnet-open-1",
                Map.of(
                        "plugins.aitbc-provider.transport", "direct",
                        "plugins.aitbc-provider.direct", "paid",
                        "plugins.aitbc-provider.direct-first-byte-timeout", "1s",
                        "plugins.aitbc-provider.direct-idle-timeout", "1s",
                        "plugins.aitbc-provider.direct-timeout", "3s",
                        "plugins.aitbc-provider.offer-refresh", "50ms"));

        private final String miner;
        private final Map<String, String> settings;

        Transport(String miner, Map<String, String> settings) {
            this.miner = miner;
            this.settings = settings;
        }
    }

    static final String OLLAMA = "ollama";
    static final String AITBC = "aitbc";
    /** What the scripted Ollama answers when it behaves. */
    private static final String RIGHT = "Hello! How can I help?";

    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final Transport transport;
    private final Host host;
    private final FaultClient client;
    private ScriptedOllama ollama;
    private boolean dead;

    private Stage(Transport transport, ScriptedOllama ollama, Host host) {
        this.transport = transport;
        this.ollama = ollama;
        this.host = host;
        this.client = new FaultClient(host.url());
    }

    /** @param own settings of the host that win over those of the stage */
    static Stage open(Transport transport, Path dataDirectory, Map<String, String> own) {
        ScriptedOllama ollama = ScriptedOllama.start(ScriptedModel.chat(BOTH), ScriptedModel.chat(LOCAL));
        try {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "port", "0",
                    "data-directory", dataDirectory.toString(),
                    "ollama", ollama.url().toString(),
                    "ollama-idle-timeout", "1s",
                    "aitbc", "devnet",
                    "plugins.skill-router.first-byte-timeout", "1500ms",
                    "plugins.skill-router.waiting-timeout", "5s",
                    "plugins.aitbc-provider.job-ttl", "4s",
                    "plugins.aitbc-provider.queue-timeout", "1500ms",
                    "plugins.aitbc-provider.daily-budget", "1000"));
            settings.putAll(transport.settings);
            settings.putAll(own);
            Host host = Host.start(HostConfig.read(settings, Map.of(), Optional.empty()));
            Stage stage = new Stage(transport, ollama, host);
            if (transport == Transport.DIRECT) {
                stage.network().addMiner(MinerOptions.of(transport.miner).withPublicEndpoint(true));
            }
            return stage;
        } catch (RuntimeException e) {
            ollama.close();
            throw e;
        }
    }

    ScriptedOllama ollama() {
        return ollama;
    }

    /** A model that only one miner of the network can be asked for. */
    String pinned() {
        return BOTH + "@" + transport.miner;
    }

    /** All chats of the local Ollama go like this until the stage is restored. */
    Stage localChat(ScriptedAnswer answer) {
        ollama.always("/api/chat", answer);
        return this;
    }

    /** A local answer that has begun. */
    static ScriptedAnswer begun(String model) {
        return ScriptedAnswer.ndjson().line(OllamaLines.chatText(model, "Hello"));
    }

    Devnet network() {
        return host.devnet().orElseThrow(() -> new IllegalStateException("the host runs no devnet"));
    }

    Stage network(Quirk... quirks) {
        network().enable(quirks);
        return this;
    }

    Reply ask(String model) throws Exception {
        return client.chat(model, true);
    }

    Reply askWhole(String model) throws Exception {
        return client.chat(model, false);
    }

    FaultClient client() {
        return client;
    }

    static boolean isRight(String provider, String text) {
        return provider.equals(OLLAMA) ? text.equals(RIGHT) : !text.isBlank();
    }

    /** All payments so far, newest first. */
    List<PaymentRecord> payments() {
        return host.extensions()
                .first(PaymentAccount.class)
                .map(account -> account.history(1000))
                .orElse(List.of());
    }

    /** Waits until no money is in between: abandoned jobs are canceled and refunded after the client has its error. */
    void awaitSettled() throws InterruptedException {
        await(
                () -> payments().stream().noneMatch(payment -> payment.state() == PaymentRecord.State.RESERVED),
                SETTLING);
    }

    /** Looks every few milliseconds whether something holds. */
    static boolean await(BooleanSupplier condition, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(5);
        }
        return true;
    }

    /** Stops the local Ollama as a killed process stops. */
    void killOllama() {
        dead = true;
        ollama.close();
    }

    /** Ends all misbehaviour, and lets the host notice: one good answer each closes its circuit breakers. */
    void restore() throws Exception {
        network().disable(Quirk.values());
        ollama.behave();
        if (dead) {
            revive();
        }
        awaitSettled();
        requireGood(LOCAL);
        requireGood(pinned());
        awaitSettled();
    }

    /** At the same address, once the system has let go of it. */
    private void revive() throws InterruptedException {
        boolean revived = await(
                () -> {
                    try {
                        ollama = ScriptedOllama.startAt(
                                ollama.port(), ScriptedModel.chat(BOTH), ScriptedModel.chat(LOCAL));
                        return true;
                    } catch (UncheckedIOException e) {
                        return false;
                    }
                },
                SETTLING);
        if (!revived) {
            throw new IllegalStateException("port %d is taken".formatted(ollama.port()));
        }
        dead = false;
    }

    private void requireGood(String model) throws Exception {
        Reply reply = ask(model);
        for (int i = 0; i < 20 && !reply.done(); i++) {
            Thread.sleep(100);
            reply = ask(model);
        }
        if (!reply.done()) {
            throw new IllegalStateException("the host does not recover: %s: %s".formatted(model, reply.summary()));
        }
    }

    @Override
    public void close() {
        client.close();
        host.close();
        ollama.close();
    }
}
