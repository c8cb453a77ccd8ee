package io.aitbc.openclaw.api.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.JobRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds prompts and answers says nothing of them where it is logged by mistake. */
class QuietRecordsTest {
    private static final String RECEIPT = "{\"prompt\":\"a secret question\",\"output\":\"a secret answer\"}";

    @Test
    void records_evidence_and_jobs_do_not_print_their_receipt() {
        AnswerRecord answer = new AnswerRecord(
                "req-1",
                Optional.of("job-1"),
                Optional.of("aitbc"),
                "wren",
                Optional.empty(),
                "0".repeat(64),
                "1".repeat(64),
                Instant.EPOCH,
                Instant.EPOCH,
                "aitbc",
                "aitbc",
                Optional.empty(),
                Optional.of(RECEIPT),
                AssuranceLevel.SIGNED,
                List.of("anything"));
        JobRecord job = new JobRecord(
                "aitbc",
                "job-1",
                Optional.empty(),
                Optional.of("wren"),
                TokenAmount.zero(Rail.AITBC),
                Optional.of("r-1"),
                Optional.of(RECEIPT),
                AssuranceLevel.SIGNED,
                List.of("anything"));
        Evidence evidence = new Evidence(Evidence.AITBC_RECEIPT, RECEIPT, Set.of("key-1"));
        assertThat(answer.toString()).contains("req-1", "job-1").doesNotContain("secret");
        assertThat(job.toString()).contains("job-1").doesNotContain("secret");
        assertThat(evidence.toString()).contains("aitbc-receipt", "key-1").doesNotContain("secret");
    }
}
