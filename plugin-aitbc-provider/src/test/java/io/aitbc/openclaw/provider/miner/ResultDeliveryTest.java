package io.aitbc.openclaw.provider.miner;

import static io.aitbc.openclaw.provider.miner.ScriptedHub.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.provider.FolderContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A result arrives once, and never in the place of another. */
@Timeout(60)
class ResultDeliveryTest {
    private static final String OURS =
            "\"result\":{\"status\":\"completed\",\"output\":\"hello\",\"model\":\"m\",\"execution_time\":3.2e-1}";
    private static final String THEIRS =
            "\"result\":{\"status\":\"completed\",\"output\":\"bye\",\"model\":\"m\",\"execution_time\":0.32}";
    private static final Report RESULT = Report.of(
            ScriptedHub.MINER, "j1", new Outcome.Completed("hello", "m", 4, false, false, Duration.ofMillis(320)));
    private static final Report FAILURE = Report.of(
            ScriptedHub.MINER,
            "j1",
            new Outcome.Failed(FailureCode.MODEL_NOT_FOUND, "model 'm' not found", Duration.ofMillis(1)),
            true);

    @TempDir
    Path folder;

    private ScriptedHub hub;
    private FolderContext context;
    private ResultDelivery delivery;

    @BeforeEach
    void start() throws IOException {
        hub = new ScriptedHub();
        context = new FolderContext(folder, Mining.settings(hub.url(), hub.url(), ScriptedHub.MINER, ScriptedHub.KEY));
        delivery = (ResultDelivery) new AitbcMinerResultsFactory().create(context);
    }

    @AfterEach
    void stop() {
        delivery.close();
        context.close();
        hub.close();
    }

    private Delivery deliver(Report report, int attempts) {
        return delivery.deliver(message(report.payload(), attempts));
    }

    private static OutboxMessage message(String payload, int attempts) {
        return new OutboxMessage(
                1, ResultDelivery.TOPIC, "j1", "j1", payload, OutboxMessage.State.WAITING, attempts, Instant.EPOCH, "");
    }

    private static void assertConflict(Delivery delivery) {
        assertThat(delivery).isInstanceOf(Delivery.Conflict.class);
    }

    private static void assertLater(Delivery delivery) {
        assertThat(delivery).isInstanceOf(Delivery.Later.class);
    }

    private static void assertDelivered(Delivery delivery) {
        assertThat(delivery).isInstanceOf(Delivery.Delivered.class);
    }

    @Test
    void the_first_attempt_is_one_call_in_the_production_miners_shape() {
        assertDelivered(deliver(RESULT, 0));

        assertThat(hub.seen).singleElement().satisfies(request -> {
            assertThat(request.route()).isEqualTo("result");
            assertThat(request.key()).isEqualTo(ScriptedHub.KEY);
            assertThat(request.miner()).isEqualTo(ScriptedHub.MINER);
            assertThat(request.body().propertyNames()).containsExactly("result", "metrics");
            assertThat(request.body().path("result").propertyNames())
                    .containsExactly("status", "output", "execution_time", "gpu_used", "model", "tokens_processed");
            assertThat(request.body().path("metrics").propertyNames())
                    .containsExactly("gpu_utilization", "memory_used", "memory_peak", "duration_ms");
        });
    }

    @Test
    void a_failure_is_told_as_one() {
        assertDelivered(deliver(FAILURE, 0));

        assertThat(hub.seen).singleElement().satisfies(request -> {
            assertThat(request.route()).isEqualTo("fail");
            assertThat(request.body().path("error_code").stringValue()).isEqualTo("MODEL_NOT_FOUND");
            assertThat(request.body().path("error_message").stringValue()).isEqualTo("model 'm' not found");
        });
    }

    @Test
    void a_failure_in_the_production_miners_way_has_its_shape() {
        Report report = Report.of(
                ScriptedHub.MINER,
                "j1",
                new Outcome.Failed(
                        FailureCode.UNSUPPORTED_JOB_TYPE, "Unsupported job type: text-generation", Duration.ZERO),
                false);

        assertDelivered(deliver(report, 0));

        assertThat(hub.bodies("result").getFirst().path("result").toString())
                .isEqualTo("{\"status\":\"failed\",\"error\":\"Unsupported job type: text-generation\"}");
    }

    @ParameterizedTest
    @CsvSource({"404", "409", "413", "422"})
    void what_is_refused_for_good_is_a_conflict(int status) {
        hub.on("result", ScriptedHub.refusal(status, "no"));

        assertConflict(deliver(RESULT, 0));
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "500", "502", "503"})
    void what_may_work_later_waits(int status) {
        hub.on("result", ScriptedHub.refusal(status, "no"));

        assertLater(deliver(RESULT, 0));
    }

    @Test
    void a_lost_answer_waits() {
        hub.on("result", ScriptedHub.cut());

        assertLater(deliver(RESULT, 0));
    }

    @Test
    void a_limit_of_calls_is_kept_as_told() {
        hub.on("result", ScriptedHub.limited(60));

        assertThat(deliver(RESULT, 0))
                .isInstanceOfSatisfying(
                        Delivery.Later.class,
                        later -> assertThat(later.notBefore()).contains(Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "QUEUED", "EXPIRED"})
    void a_later_attempt_looks_first_and_sends_what_is_missing(String state) {
        hub.on("jobs", ScriptedHub.jobs(view("j0", "COMPLETED", THEIRS), view("j1", state, "")));

        assertDelivered(deliver(RESULT, 1));

        assertThat(hub.count("result")).isEqualTo(1);
    }

    @Test
    void what_arrived_is_not_sent_again() {
        hub.on("jobs", ScriptedHub.jobs(view("j1", "COMPLETED", OURS)));

        assertDelivered(deliver(RESULT, 1));

        assertThat(hub.count("result")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "FAILED"})
    void another_result_is_not_overwritten(String state) {
        hub.on("jobs", ScriptedHub.jobs(view("j1", state, THEIRS)));

        assertConflict(deliver(RESULT, 1));

        assertThat(hub.count("result")).isZero();
    }

    @Test
    void a_job_nobody_shows_the_result_of_counts_as_delivered_when_it_is_completed() {
        hub.on("jobs", ScriptedHub.jobs(view("j1", "COMPLETED", "")));
        assertDelivered(deliver(RESULT, 1));
        hub.on("jobs", ScriptedHub.jobs(view("j1", "FAILED", "")));
        assertConflict(deliver(RESULT, 1));
        assertThat(hub.count("result")).isZero();
    }

    @Test
    void a_canceled_or_unknown_job_gets_no_result() {
        assertConflict(deliver(RESULT, 1));
        hub.on("jobs", ScriptedHub.jobs(view("j1", "CANCELED", "")));
        assertConflict(deliver(RESULT, 1));
        assertThat(hub.count("result")).isZero();
    }

    @Test
    void a_list_that_fails_with_a_success_is_not_an_empty_list() {
        hub.on("jobs", ScriptedHub.ok("{\"jobs\":[],\"total\":0,\"error\":\"Failed to list jobs\"}"));

        assertLater(deliver(RESULT, 1));
    }

    @Test
    void later_pages_are_read_too() {
        String[] first = new String[20];
        for (int i = 0; i < first.length; i++) {
            first[i] = view("other" + i, "COMPLETED", THEIRS);
        }
        hub.on("jobs", ScriptedHub.jobs(first), ScriptedHub.jobs(view("j1", "COMPLETED", OURS)));

        assertDelivered(deliver(RESULT, 1));

        assertThat(hub.seen.getLast().query()).contains("offset=20");
        assertThat(hub.count("result")).isZero();
    }

    @Test
    void without_a_list_the_earnings_tell() {
        hub.on("jobs", ScriptedHub.refusal(403, "Forbidden"));
        hub.on("earnings", ScriptedHub.ok("{\"paid_earnings\":1.0,\"earnings_history\":[{\"job_id\":\"j1\"}]}"));
        assertDelivered(deliver(RESULT, 1));
        assertThat(hub.count("result")).isZero();

        hub.on("earnings", ScriptedHub.ok("{\"paid_earnings\":0.0,\"earnings_history\":[]}"));
        assertDelivered(deliver(RESULT, 1));
        assertThat(hub.count("result")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "EXPIRED", "CANCELED"})
    void a_failure_of_a_job_that_ended_otherwise_needs_not_be_told(String state) {
        hub.on("jobs", ScriptedHub.jobs(view("j1", state, "")));

        assertDelivered(deliver(FAILURE, 1));

        assertThat(hub.count("fail")).isZero();
    }

    @Test
    void a_failure_does_not_undo_somebodys_result() {
        hub.on("jobs", ScriptedHub.jobs(view("j1", "COMPLETED", THEIRS)));

        assertConflict(deliver(FAILURE, 1));

        assertThat(hub.count("fail")).isZero();
    }

    @Test
    void where_failures_are_never_taken_the_production_miners_way_is_gone_after_three_attempts() {
        hub.on("fail", ScriptedHub.refusal(500, "JobState has no attribute FAILED"));
        hub.on("jobs", ScriptedHub.jobs(view("j1", "RUNNING", "")));
        for (int attempts = 0; attempts < 3; attempts++) {
            assertLater(deliver(FAILURE, attempts));
        }
        assertThat(hub.count("result")).isZero();

        assertDelivered(deliver(FAILURE, 3));

        assertThat(hub.bodies("result").getFirst().path("result").toString())
                .isEqualTo("{\"status\":\"failed\",\"error\":\"model 'm' not found\"}");
        hub.on(
                "jobs",
                ScriptedHub.jobs(view(
                        "j1", "COMPLETED", "\"result\":{\"status\":\"failed\",\"error\":\"model 'm' not found\"}")));
        assertDelivered(deliver(FAILURE, 4));
        assertThat(hub.count("result")).isEqualTo(1);
    }

    @Test
    void what_is_no_report_is_a_conflict() {
        for (String payload : new String[] {"", "{}", "[]", "{\"miner\":\"a\",\"job\":\"../x\",\"kind\":\"RESULT\"}"}) {
            assertConflict(delivery.deliver(message(payload, 0)));
        }
        assertThat(hub.seen).isEmpty();
    }

    @Test
    void a_miner_that_is_switched_off_still_delivers_and_without_a_key_waits() {
        Map<String, String> off = new HashMap<>(
                Mining.settings(hub.url(), hub.url(), ScriptedHub.MINER, ScriptedHub.KEY, "miner.enabled", "false"));
        try (FolderContext other = new FolderContext(folder, off);
                var handler = new AitbcMinerResultsFactory().create(other)) {
            assertDelivered(handler.deliver(message(RESULT.payload(), 0)));
        }
        off.remove("miner.key");
        try (FolderContext other = new FolderContext(folder, off);
                var handler = new AitbcMinerResultsFactory().create(other)) {
            assertLater(handler.deliver(message(RESULT.payload(), 0)));
        }
    }

    @Test
    void a_report_survives_the_outbox() {
        for (Report report : new Report[] {RESULT, FAILURE}) {
            assertThat(Report.parse(report.payload()).map(Report::payload)).contains(report.payload());
        }
        assertThat(RESULT.toString()).doesNotContain("hello");
    }
}
