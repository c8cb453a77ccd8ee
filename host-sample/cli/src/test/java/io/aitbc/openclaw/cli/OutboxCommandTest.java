package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.host.Host;
import io.aitbc.openclaw.host.HostConfig;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.outbox.OutboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OutboxCommandTest {
    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path data;

    @BeforeEach
    void set_up() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        environment.put("OPENCLAW_DATA_DIRECTORY", data.toString());
        environment.put(
                "OPENCLAW_PLUGINS_DIRECTORY",
                Files.createDirectories(folder.resolve("plugins")).toString());
        environment.put("OPENCLAW_AITBC", "off");
        environment.put("OPENCLAW_OLLAMA", "http://127.0.0.1:1");
        environment.put("OPENCLAW_PORT", "0");
        environment.put("XDG_CONFIG_HOME", folder.toString());
    }

    private void leave(Instant when, String... keys) {
        try (HostOutbox outbox =
                new HostOutbox(data, OutboxOptions.defaults(), () -> when, new Random(1), _ -> Optional.empty())) {
            for (String key : keys) {
                assertThat(outbox.add("post", "job " + key, key, "private words of " + key)
                                .attempts())
                        .isZero();
            }
        }
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    private JsonNode json(String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new Json().read(run.out());
    }

    private Host host() {
        return Host.start(HostConfig.read(Map.of(), environment, Optional.empty()));
    }

    @Test
    void an_outbox_that_was_never_used_is_empty() {
        assertThat(json("outbox", "list", "--json").path("waiting").asInt(-1)).isZero();
        assertThat(run("outbox", "list").out()).contains("0 waiting, 0 in conflict");
    }

    @Test
    void messages_are_listed_and_shown_and_payloads_only_when_asked_for() {
        leave(Instant.now(), "1", "2");
        JsonNode list = json("outbox", "list", "--json");
        assertThat(list.path("waiting").asInt()).isEqualTo(2);
        assertThat(list.path("messages").path(1).path("key").asString()).isEqualTo("2");
        assertThat(list.toString()).doesNotContain("private");
        assertThat(run("outbox", "list").out()).contains("waiting", "job 1").doesNotContain("private");
        assertThat(run("outbox", "show", "2").out()).contains("job 2").doesNotContain("private");
        assertThat(run("outbox", "show", "2", "--payload").out()).contains("private words of 2");
        assertThat(run("outbox", "show", "9").exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void a_message_of_a_stopped_host_can_be_tried_again_or_given_up() {
        leave(Instant.now(), "1");
        assertThat(json("outbox", "retry", "1", "--json").path("state").asString())
                .isEqualTo("waiting");
        assertThat(json("outbox", "discard", "1", "--json").path("state").asString())
                .isEqualTo("discarded");
        CommandRun again = run("outbox", "discard", "1");
        assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(again.err()).contains("discarded already");
    }

    @Test
    void a_message_of_a_running_host_can_be_seen_and_given_up() {
        leave(Instant.now(), "1");
        try (Host host = host()) {
            assertThat(json("outbox", "list", "--json").path("waiting").asInt()).isEqualTo(1);
            assertThat(json("outbox", "discard", "1", "--json").path("state").asString())
                    .isEqualTo("discarded");
            assertThat(host.outbox().view().counts().discarded()).isEqualTo(1);
            CommandRun again = run("outbox", "retry", "1");
            assertThat(again.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(again.err()).contains("discarded already");
        }
    }

    @Test
    void services_are_those_of_the_running_host() {
        CommandRun stopped = run("services");
        assertThat(stopped.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(stopped.err()).contains("No host runs with the data directory");
        try (Host host = host()) {
            assertThat(host.services()).isEmpty();
            assertThat(json("services", "--json").path("services").isArray()).isTrue();
            assertThat(run("services").out()).contains("No plugin works on its own.");
        }
    }

    @Test
    void doctor_warns_of_conflicts() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        OutboxHandler refusing = new OutboxHandler() {
            @Override
            public String id() {
                return "post";
            }

            @Override
            public Delivery deliver(OutboxMessage message) {
                told.countDown();
                return new Delivery.Conflict("they have another one");
            }
        };
        try (HostOutbox outbox = new HostOutbox(
                data, OutboxOptions.defaults(), Instant::now, new Random(1), _ -> Optional.of(refusing))) {
            outbox.work();
            assertThat(outbox.add("post", "job", "1", "{}").attempts()).isZero();
            assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        }
        Check check = new OutboxCheck(data, Instant::now).examine();
        assertThat(check.state()).isEqualTo(Check.State.WARNING);
        assertThat(check.found()).contains("conflict");
        assertThat(check.fix()).contains("outbox discard");
        assertThat(run("outbox", "list").out()).contains("conflict", "they have another one");
    }

    @Test
    void doctor_warns_of_messages_that_wait_for_long_and_of_a_damaged_database() throws IOException {
        OutboxCheck check = new OutboxCheck(data, Instant::now);
        assertThat(check.examine()).isEqualTo(Check.ok("outbox", "nothing waits"));
        leave(Instant.now(), "1");
        assertThat(check.examine()).isEqualTo(Check.ok("outbox", "waiting: 1"));
        leave(Instant.now().minus(Duration.ofHours(3)), "2");
        assertThat(check.examine().state()).isEqualTo(Check.State.WARNING);
        assertThat(check.examine().found()).contains("the oldest for 3 h");
        Files.writeString(data.resolve(HostOutbox.FILE), "no database ".repeat(1000));
        assertThat(check.examine().state()).isEqualTo(Check.State.FAILED);
    }
}
