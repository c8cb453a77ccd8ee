package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The registry of agents on its port of its own. */
class AgentRegistryTest {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Devnet devnet = Devnet.start(DevnetOptions.defaults().withMiner(false), new TestingEngine("m:1b"));
    private final TestingHttp http = new TestingHttp(devnet.registryUrl());

    @AfterEach
    void close() {
        devnet.close();
    }

    private TestingHttp.Answer send(String method, String path, String body) {
        return http.send(method, path, JSON, body);
    }

    private void register(String id, String capability) {
        TestingHttp.Answer answer = send("POST", "/v1/agents/register", """
                {"agent_id":"%s","agent_type":"worker","capabilities":["%s"],"services":["inference"],
                "endpoints":{"http":"http://127.0.0.1:9"},"metadata":{"a":1},"chain_id":"ait-devnet"}""".formatted(id, capability));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("status").stringValue()).isEqualTo("success");
        assertThat(answer.json().propertyNames())
                .containsExactlyInAnyOrder("status", "message", "agent_id", "registered_at");
    }

    private JsonNode discovered(String criteria) {
        return send("POST", "/v1/agents/discover", criteria).json();
    }

    @Test
    void agents_are_found_by_what_they_can() {
        register("a1", "inference");
        register("a2", "vision");

        JsonNode found = discovered("{\"capabilities\":[\"vision\"]}");

        assertThat(found.path("count").intValue()).isEqualTo(1);
        assertThat(found.propertyNames()).containsExactlyInAnyOrder("status", "query", "agents", "count", "timestamp");
        JsonNode agent = found.path("agents").path(0);
        assertThat(agent.path("agent_id").stringValue()).isEqualTo("a2");
        assertThat(agent.propertyNames())
                .containsExactlyInAnyOrder(
                        "agent_id",
                        "agent_type",
                        "status",
                        "capabilities",
                        "services",
                        "endpoints",
                        "metadata",
                        "last_heartbeat",
                        "registration_time",
                        "load_metrics",
                        "health_score",
                        "version",
                        "tags",
                        "chain_id",
                        "island_id");
        assertThat(discovered("{\"services\":[\"inference\"]}").path("count").intValue())
                .isEqualTo(2);
        assertThat(discovered("{\"agent_type\":\"planner\"}").path("count").intValue())
                .isZero();
    }

    @Test
    void an_agent_changes_its_status() {
        register("a1", "inference");

        assertThat(send("PUT", "/v1/agents/a1/status", "{\"status\":\"busy\",\"load_metrics\":{\"cpu\":0.5}}")
                        .status())
                .isEqualTo(200);

        assertThat(send("GET", "/v1/agents/a1", "").text()).contains("busy", "cpu");
        assertThat(discovered("{\"status\":\"active\"}").path("count").intValue())
                .isZero();
        assertThat(send("GET", "/v1/agents/nobody", "").status()).isEqualTo(404);
        assertThat(send("PUT", "/v1/agents/a1/status", "{}").status()).isEqualTo(422);
    }

    @Test
    void silent_agents_are_forgotten() {
        register("loud", "x");
        register("silent", "x");
        devnet.clock().advance(Duration.ofSeconds(90));
        assertThat(send("POST", "/v1/agents/loud/heartbeat", "").status()).isEqualTo(200);
        devnet.clock().advance(Duration.ofSeconds(60));

        assertThat(discovered("{}")
                        .path("agents")
                        .valueStream()
                        .map(agent -> agent.path("agent_id").stringValue()))
                .containsExactly("loud");
        assertThat(send("POST", "/v1/agents/silent/heartbeat", "").status()).isEqualTo(404);
    }

    @Test
    void without_its_database_it_answers_503() {
        devnet.enable(Quirk.REGISTRY_DOWN, 1);

        TestingHttp.Answer answer = send("POST", "/v1/agents/discover", "{}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).isEqualTo("{\"detail\":\"Agent registry not available\"}");
        assertThat(http.get("/health", Map.of()).text()).contains("devnet");
    }
}
