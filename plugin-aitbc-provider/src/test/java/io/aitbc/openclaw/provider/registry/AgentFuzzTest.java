package io.aitbc.openclaw.provider.registry;

import io.aitbc.openclaw.provider.JsonFuzz;
import org.junit.jupiter.api.Test;

/** Whatever an agent registered. */
class AgentFuzzTest {
    @Test
    void agents() {
        JsonFuzz.run(
                "{\"agent_id\":\"a1\",\"agent_type\":\"worker\",\"status\":\"active\",\"capabilities\":[\"x\"],"
                        + "\"services\":[],\"endpoints\":{\"http\":\"https://a1.example\"},\"last_heartbeat\":\"x\"}",
                AgentEntry::parse);
    }
}
