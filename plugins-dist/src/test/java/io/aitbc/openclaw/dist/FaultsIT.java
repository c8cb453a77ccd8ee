package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A part of the fault table, played the way a user plays it; {@code ./run faults} plays all of it. */
class FaultsIT {
    private static final String SOME = String.join(
            ",",
            "local-dead",
            "local-killed",
            "local-busy-alone",
            "local-cut-unary",
            "local-reset-midway",
            "local-no-done",
            "local-error-midway",
            "client-leaves",
            "miner-fails-paid",
            "model-substituted",
            "receipt-forged",
            "receipt-replayed",
            "payment-skipped",
            "coordinator-resets",
            "submit-lost",
            "miner-fails-pinned",
            "client-leaves-job");

    @TempDir
    private Path scratch;

    @Test
    void faults_have_their_stated_outcome() throws Exception {
        Installation.Ended faults = new Installation(scratch).run("faults", "--json", "--only", SOME);

        JsonNode document = new JsonMapper().readTree(faults.out());
        assertThat(document.path("faults").valueStream())
                .hasSize(SOME.split(",").length)
                .allMatch(fault -> fault.path("ok").asBoolean(), "has its stated outcome");
        assertThat(document.path("ok").asBoolean()).isTrue();
        assertThat(faults.exitCode()).as(faults.err()).isZero();
    }
}
