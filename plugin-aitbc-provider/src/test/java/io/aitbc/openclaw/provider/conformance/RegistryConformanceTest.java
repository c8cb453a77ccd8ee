package io.aitbc.openclaw.provider.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.provider.registry.AgentEntry;
import io.aitbc.openclaw.provider.registry.AgentRegistryClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The registry of agents. */
class RegistryConformanceTest extends Conformance {
    @Test
    void an_agent_registers_is_discovered_reports_and_changes_its_status() {
        AgentRegistryClient registry = target().registry();
        AgentEntry agent = new AgentEntry(
                "conformance-" + UUID.randomUUID(),
                "worker",
                "",
                List.of("conformance"),
                List.of("nothing"),
                Map.of("http", "https://agent.invalid"),
                Optional.empty());

        registry.register(agent, Map.of("purpose", "conformance"), scope());

        assertThat(registry.get(agent.agentId(), scope())).hasValueSatisfying(found -> {
            assertThat(found.type()).isEqualTo("worker");
            assertThat(found.endpoints()).isEqualTo(agent.endpoints());
        });
        assertThat(registry.discover(Optional.of("worker"), List.of("conformance"), scope()))
                .extracting(AgentEntry::agentId)
                .contains(agent.agentId());
        assertThat(registry.discover(Optional.of("no-such-type"), List.of(), scope()))
                .isEmpty();
        registry.heartbeat(agent.agentId(), scope());
        registry.status(agent.agentId(), "offline", scope());
        assertThat(registry.get(agent.agentId(), scope()).map(AgentEntry::status))
                .contains("offline");
    }

    @Test
    void an_agent_nobody_registered_is_not_found() {
        assertThat(target().registry().get("nobody-in-particular", scope())).isEmpty();
    }
}
