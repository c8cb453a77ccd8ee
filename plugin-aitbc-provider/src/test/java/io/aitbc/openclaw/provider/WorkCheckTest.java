package io.aitbc.openclaw.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.ScriptedWorkReceipts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The receipt that a miner signs itself: whatever it is, the answer is the same. */
@Timeout(30)
class WorkCheckTest {
    /** 0.02 AIT. */
    private static final long UNITS = 72;

    @TempDir
    Path folder;

    private static String result(String receipt) {
        return ScriptedJob.success("Hello", "llama3.2:1b")
                .replace("\"status\"", "\"work_receipt\":%s,\"status\"".formatted(receipt));
    }

    private static JobRecord asked(Network network) {
        List<InferenceEvent> events = network.ask();
        assertThat(Answers.text(events)).isEqualTo("Hello");
        await().until(() -> network.payment().state() == State.SETTLED);
        return Network.job(events);
    }

    private static boolean namesPrice(Network network) {
        return network.coordinator
                .allJobs()
                .getFirst()
                .submission
                .path("payload")
                .has("client_price_units");
    }

    @Test
    void receipt_of_this_prompt_answer_and_price_goes_into_the_record() throws Exception {
        try (Network network = new Network(folder)) {
            network.context.add(ScriptedWorkReceipts.working());
            network.coordinator.onPoll = job -> {
                Work work = new Work(job.id, "Say hi", "Hello", TokenAmount.of(UNITS, Rail.AITBC));
                job.complete("miner-a", result("\"" + ScriptedWorkReceipts.receipt(work) + "\""));
            };
            JobRecord job = asked(network);
            assertThat(network.coordinator.allJobs().getFirst().payload("client_price_units"))
                    .isEqualTo(Long.toString(UNITS));
            assertThat(job.work().orElseThrow().keyId()).isEqualTo(ScriptedWorkReceipts.KEY);
            assertThat(job.notProven())
                    .contains(
                            "whose key %s is, with which a miner signed a receipt of this answer, and that what it says is true"
                                    .formatted(ScriptedWorkReceipts.KEY));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"something else\"", "\"\"", "7", "{}", "[[[]]]", "true"})
    void receipt_that_is_none_is_ignored_with_a_reason_and_the_answer_is_paid_all_the_same(String receipt)
            throws Exception {
        try (Network network = new Network(folder)) {
            network.context.add(ScriptedWorkReceipts.working());
            network.coordinator.onPoll = job -> job.complete("miner-a", result(receipt));
            JobRecord job = asked(network);
            assertThat(job.work()).isEmpty();
            assertThat(job.notProven())
                    .anyMatch(line -> line.startsWith("what the miner's own receipt says, which is ignored: "));
        }
    }

    @Test
    void very_long_receipt_is_ignored() throws Exception {
        try (Network network = new Network(folder)) {
            network.context.add(ScriptedWorkReceipts.working());
            network.coordinator.onPoll =
                    job -> job.complete("miner-a", result("\"" + "x".repeat(WorkReceipts.LONGEST * 100) + "\""));
            assertThat(asked(network).work()).isEmpty();
        }
    }

    @Test
    void checker_that_fails_changes_nothing_about_the_answer() throws Exception {
        try (Network network = new Network(folder)) {
            network.context.add(ScriptedWorkReceipts.broken());
            network.coordinator.onPoll = job -> job.complete("miner-a", result("\"x\""));
            assertThat(asked(network).notProven())
                    .contains(
                            "what the miner's own receipt says, which is ignored: it was not checked: there is no key");
        }
    }

    @Test
    void without_a_checker_no_price_is_named_and_no_receipt_looked_at() throws Exception {
        try (Network network = new Network(folder)) {
            network.coordinator.onPoll = job -> job.complete("miner-a", result("\"x\""));
            JobRecord job = asked(network);
            assertThat(namesPrice(network)).isFalse();
            assertThat(job.work()).isEmpty();
            assertThat(job.notProven()).noneMatch(line -> line.contains("own receipt"));
        }
    }

    @Test
    void miner_that_signs_nothing_leaves_no_remark() throws Exception {
        try (Network network = new Network(folder)) {
            network.context.add(ScriptedWorkReceipts.working());
            network.coordinator.onPoll = job -> job.complete("miner-a", ScriptedJob.success("Hello", "llama3.2:1b"));
            JobRecord job = asked(network);
            assertThat(namesPrice(network)).isTrue();
            assertThat(job.work()).isEmpty();
            assertThat(job.notProven()).noneMatch(line -> line.contains("own receipt"));
        }
    }
}
