package io.aitbc.openclaw.provider.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.provider.ScriptedHttp;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.CoordinatorServices;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.TestingServices;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AgentRegistryClientTest {
    private static final String AGENT = """
            {"agent_id":"a1","agent_type":"worker","status":"active","capabilities":["inference"],"services":["ollama"],
             "endpoints":{"http":"https://a1.example","bad":7},"metadata":{},"last_heartbeat":"2026-11-22T11:35:24+00:00Z",
             "load_metrics":{},"health_score":1.0,"version":"1"}""";

    private final ScriptedHttp registry = new ScriptedHttp();
    private final CallScope scope = new CallScope();
    private CoordinatorServices services;
    private AgentRegistryClient client;

    @BeforeEach
    void start() {
        services = TestingServices.anonymous(registry);
        BaseUrl url = BaseUrl.of("test", registry.url() + "/v1");
        client = new AgentRegistryClient(url, services.caller("agent registry"));
    }

    @AfterEach
    void stop() {
        services.close();
        registry.close();
    }

    @Test
    void an_agent_is_registered_with_all_its_fields() {
        AtomicReference<String> body = new AtomicReference<>("");
        registry.on("POST /v1/agents/register", call -> {
            body.set(call.body());
            call.send(200, "{\"status\":\"success\",\"agent_id\":\"a1\"}");
        });

        client.register(
                new AgentEntry(
                        "a1",
                        "worker",
                        "",
                        List.of("inference"),
                        List.of("ollama"),
                        Map.of("http", "https://a1.example"),
                        Optional.empty()),
                Map.of("region", "eu"),
                scope);

        assertThat(Json.MAPPER.readTree(body.get())).isEqualTo(Json.MAPPER.readTree("""
                {"agent_id":"a1","agent_type":"worker","capabilities":["inference"],"services":["ollama"],
                 "endpoints":{"http":"https://a1.example"},"metadata":{"region":"eu"}}"""));
    }

    @Test
    void agents_are_discovered_and_what_does_not_fit_is_left_out() {
        registry.answer("POST /v1/agents/discover", 200, """
                {"status":"success","query":{},"count":3,"agents":[%s,{"agent_id":"a2","agent_type":"miner"},{"agent_id":"../x"}]}""".formatted(AGENT));

        List<AgentEntry> found = client.discover(Optional.of("worker"), List.of("inference"), scope);

        assertThat(found).singleElement().satisfies(agent -> {
            assertThat(agent.endpoints()).containsEntry("http", "https://a1.example");
            assertThat(agent.lastHeartbeat()).contains(Instant.parse("2026-11-22T11:35:24Z"));
        });
        assertThat(client.discover(Optional.empty(), List.of(), scope)).hasSize(2);
    }

    @Test
    void an_agent_is_read_reports_and_changes_its_status() {
        registry.answer("GET /v1/agents/a1", 200, AGENT);
        registry.answer("POST /v1/agents/a1/heartbeat", 200, "{\"status\":\"success\"}");
        registry.answer("PUT /v1/agents/a1/status", 200, "{\"status\":\"success\"}");

        assertThat(client.get("a1", scope).orElseThrow().type()).isEqualTo("worker");
        assertThat(client.get("gone", scope)).isEmpty();
        client.heartbeat("a1", scope);
        client.status("a1", "busy", scope);

        assertThat(registry.requests()).contains("POST /v1/agents/a1/heartbeat", "PUT /v1/agents/a1/status");
    }

    @Test
    void a_registry_without_its_store_is_a_failure_that_says_so() {
        registry.answer("POST /v1/agents/discover", 503, "{\"detail\":\"Agent registry not available\"}");

        assertThat(Failures.assertFails(
                        ErrorCode.PROVIDER_FAILED, () -> client.discover(Optional.empty(), List.of(), scope)))
                .hasMessageContaining("Agent registry not available");
    }
}
