package io.aitbc.openclaw.host.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.contract.TestingClock;
import io.aitbc.openclaw.host.outbox.HostOutbox;
import io.aitbc.openclaw.host.outbox.OutboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OutboxEndpointsTest {
    private static final String BASE = "/api/v1/openclaw/";
    private static final String KEY = "authorization: Bearer k";

    @TempDir
    private Path folder;

    private final JsonMapper json = new JsonMapper();
    private HostOutbox outbox;
    private ApiServer server;

    @BeforeEach
    void start() {
        outbox = new HostOutbox(
                folder, OutboxOptions.defaults(), new TestingClock(), new Random(1), _ -> Optional.empty());
        HostInfo info = new HostInfo() {
            @Override
            public List<Map<String, Object>> plugins() {
                return List.of();
            }

            @Override
            public List<Map<String, Object>> services() {
                return List.of(Map.of("id", "miner", "facts", Map.of("jobs-done", "3")));
            }

            @Override
            public Optional<HostOutbox> outbox() {
                return Optional.of(outbox);
            }
        };
        server = ApiServer.start(
                ApiServerOptions.defaults().withPort(0).withApiKey("k"),
                TestingExtensions.of(new TestingEngine()),
                info);
    }

    @AfterEach
    void stop() {
        server.close();
        outbox.close();
    }

    private JsonNode get(String path) throws IOException {
        RawClient.Reply reply = RawClient.get(server.port(), BASE + path, KEY);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return json.readTree(reply.body());
    }

    private RawClient.Reply post(String path, String... headers) throws IOException {
        return RawClient.post(server.port(), BASE + path, "", headers);
    }

    @Test
    void an_outbox_that_was_never_used_is_empty() throws IOException {
        JsonNode list = get("outbox");
        assertThat(list.path("waiting").asInt(-1)).isZero();
        assertThat(list.path("messages").isArray()).isTrue();
        assertThat(list.path("messages")).isEmpty();
    }

    @Test
    void messages_are_listed_and_shown_without_their_payload() throws IOException {
        OutboxMessage message = outbox.add("post", "job 1", "result/1", "the secret payload");
        JsonNode list = get("outbox");
        assertThat(list.path("waiting").asInt()).isEqualTo(1);
        assertThat(list.path("waiting_bytes").asInt()).isEqualTo(18);
        assertThat(list.path("oldest_waiting_since").asString()).isEqualTo("2026-11-22T12:00:00Z");
        JsonNode row = list.path("messages").path(0);
        assertThat(row.path("topic").asString()).isEqualTo("post");
        assertThat(row.path("lane").asString()).isEqualTo("job 1");
        assertThat(row.path("state").asString()).isEqualTo("waiting");
        assertThat(get("outbox/" + message.sequence())).isEqualTo(row);
        assertThat(list.toString()).doesNotContain("secret");
    }

    @Test
    void a_person_decides_about_a_message() throws IOException {
        OutboxMessage message = outbox.add("post", "job 1", "result/1", "{}");
        assertThat(post("outbox/" + message.sequence() + "/retry", KEY).status())
                .isEqualTo(200);
        RawClient.Reply discarded = post("outbox/" + message.sequence() + "/discard", KEY);
        assertThat(discarded.status()).isEqualTo(200);
        assertThat(json.readTree(discarded.body()).path("state").asString()).isEqualTo("discarded");
        assertThat(outbox.find("post", "result/1").orElseThrow().state()).isEqualTo(State.DISCARDED);
        RawClient.Reply again = post("outbox/" + message.sequence() + "/retry", KEY);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).contains("is discarded already");
    }

    @Test
    void what_is_not_there_is_404() throws IOException {
        assertThat(post("outbox/7/retry", KEY).status()).isEqualTo(404);
        assertThat(post("outbox/7/explode", KEY).status()).isEqualTo(404);
        assertThat(post("outbox/99999999999999999999/retry", KEY).status()).isEqualTo(404);
        assertThat(RawClient.get(server.port(), BASE + "outbox/seven", KEY).status())
                .isEqualTo(404);
    }

    @Test
    void without_the_key_nothing_is_shown_and_nothing_changes() throws IOException {
        OutboxMessage message = outbox.add("post", "job 1", "result/1", "{}");
        assertThat(post("outbox/" + message.sequence() + "/discard").status()).isEqualTo(401);
        assertThat(post("outbox/" + message.sequence() + "/discard", KEY, "origin: https://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(RawClient.get(server.port(), BASE + "outbox").status()).isEqualTo(401);
        assertThat(outbox.find("post", "result/1").orElseThrow().state()).isEqualTo(State.WAITING);
    }

    @Test
    void services_are_listed_with_their_facts() throws IOException {
        JsonNode service = get("services").path("services").path(0);
        assertThat(service.path("id").asString()).isEqualTo("miner");
        assertThat(service.path("facts").path("jobs-done").asString()).isEqualTo("3");
    }
}
