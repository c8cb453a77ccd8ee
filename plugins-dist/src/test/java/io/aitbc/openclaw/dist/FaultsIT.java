package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fault table, played the way a user plays it. */
class FaultsIT {
    @TempDir
    private Path scratch;

    @Test
    void faults_have_their_stated_outcome() throws Exception {
        Installation.Ended faults = new Installation(scratch).run("faults", "--json");

        JsonNode document = new JsonMapper().readTree(faults.out());
        assertThat(document.path("faults").valueStream())
                .hasSizeGreaterThan(50)
                .allMatch(fault -> fault.path("ok").asBoolean(), "has its stated outcome");
        assertThat(document.path("ok").asBoolean()).isTrue();
        assertThat(faults.exitCode()).as(faults.err()).isZero();
    }
}
