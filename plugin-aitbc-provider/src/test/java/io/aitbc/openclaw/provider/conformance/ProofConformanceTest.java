package io.aitbc.openclaw.provider.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.provider.coordinator.JobView;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.Profile;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The coordinator's opinion of proofs, which proves nothing. */
class ProofConformanceTest extends Conformance {
    private static final JsonNode NO_PROOF = Json.MAPPER.readTree("""
            {"pi_a":["1","2","1"],"pi_b":[["1","2"],["3","4"],["1","0"]],"pi_c":["1","2","1"],"protocol":"groth16","curve":"bn128"}""");

    @BeforeEach
    void only_current() {
        target().needWallet();
        target().needProfile(Profile.CURRENT);
    }

    @Test
    void circuits_are_named() {
        assertThat(services().proofs().circuits(scope()))
                .allSatisfy(name -> assertThat(name).isNotBlank());
    }

    @Test
    void what_is_no_proof_does_not_verify() {
        assertThat(services()
                        .proofs()
                        .verify("receipt_public", NO_PROOF, List.of("1"), scope())
                        .verified())
                .isFalse();
        assertThat(services()
                        .proofs()
                        .verifyInference(NO_PROOF, List.of("1"), scope())
                        .verified())
                .isFalse();
    }

    @Test
    void a_job_without_a_proof_has_none() throws Exception {
        JobView job = waiting();

        assertThat(services().proofs().verifyReceipt(job.jobId(), scope())).isEmpty();

        services().coordinator().cancel(job.jobId(), scope());
    }
}
