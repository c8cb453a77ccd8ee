package io.aitbc.openclaw.provider.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.service.BackgroundService;
import io.aitbc.openclaw.api.service.ServiceHealth.State;
import io.aitbc.openclaw.contract.BackgroundServiceContract;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.RecordedLog;
import io.aitbc.openclaw.contract.ScriptedStream;
import io.aitbc.openclaw.provider.FolderContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The miner against a coordinator that does what a test tells it to. */
@Timeout(60)
class MinerServiceTest {
    private static final String PAYLOAD = "{\"type\":\"inference\",\"model\":\"tiny\",\"prompt\":\"tell me a secret\"}";

    @TempDir
    Path folder;

    private ScriptedHub hub;
    private Mining mining;

    @BeforeEach
    void open() {
        try {
            hub = new ScriptedHub();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mining = Mining.at(hub, folder);
    }

    @AfterEach
    void close() {
        mining.close();
        hub.close();
    }

    private void configure(String... more) {
        mining.close();
        mining = Mining.at(hub, folder, more);
    }

    private void polls(ScriptedHub.Answer... answers) {
        ScriptedHub.Answer[] all = Arrays.copyOf(answers, answers.length + 1);
        all[answers.length] = ScriptedHub.answer(204, "");
        hub.on("poll", all);
    }

    /** What the list of jobs says once the miner has started. */
    private void running(String... ids) {
        String[] views = Arrays.stream(ids)
                .map(id -> ScriptedHub.view(id, "RUNNING", ""))
                .toArray(String[]::new);
        hub.on("jobs", ScriptedHub.jobs(), ScriptedHub.jobs(views));
    }

    @Nested
    class Contract extends BackgroundServiceContract {
        @Override
        protected BackgroundService createService() {
            return new AitbcMinerFactory().create(mining.context);
        }

        @Override
        protected void cutSurroundings() {
            hub.close();
        }
    }

    @Test
    void off_by_default_and_then_nobody_is_called() {
        configure("miner.enabled", "false");

        mining.start();

        assertThat(mining.miner.health().state()).isEqualTo(State.STOPPED);
        assertThat(mining.miner.health().summary()).contains("miner.enabled");
        assertThat(hub.seen).isEmpty();
    }

    @Test
    void it_registers_as_the_production_miner_does_and_says_only_what_is_true() {
        configure("miner.gpu", "RTX 4090", "miner.gpu-memory-mb", "24576", "miner.price", "0.02", "miner.region", "eu");

        mining.start();
        await().until(() -> hub.count("poll") > 0);

        JsonNode body = hub.bodies("register").getFirst();
        assertThat(body.propertyNames()).containsExactly("capabilities", "concurrency", "region");
        assertThat(body.path("capabilities").toString())
                .isEqualTo("{\"gpus\":[{\"name\":\"RTX 4090\",\"memory_mb\":24576,\"architecture\":\"unknown\","
                        + "\"consumer_grade\":true,\"edge_optimized\":false}],\"cuda\":\"unknown\","
                        + "\"models\":[\"tiny:latest\"],\"price\":0.02,\"region\":\"eu\",\"platform\":\"CUDA\","
                        + "\"supported_tasks\":[\"inference\"],\"max_concurrent_jobs\":1}");
        assertThat(hub.seen).extracting(ScriptedHub.Seen::route).startsWith("register", "heartbeat");
        assertThat(hub.bodies("heartbeat").getFirst().path("status").stringValue())
                .as("never ONLINE, which starves others once it is dead")
                .isEqualTo("active");
        assertThat(hub.seen)
                .allSatisfy(request -> assertThat(List.of(request.key(), request.miner()))
                        .containsExactly(ScriptedHub.KEY, ScriptedHub.MINER));
    }

    @Test
    void a_job_is_computed_and_its_result_delivered_once() {
        mining.engine.answers(ScriptedStream.text("Hel"), ScriptedStream.text("lo"), ScriptedStream.finish());
        polls(ScriptedHub.job("j1", PAYLOAD));

        mining.start();
        await().until(() -> hub.count("result") == 1);

        JsonNode result = hub.bodies("result").getFirst().path("result");
        assertThat(result.path("status").stringValue()).isEqualTo("completed");
        assertThat(result.path("output").stringValue()).isEqualTo("Hello");
        assertThat(result.path("model").stringValue()).as("as the job names it").isEqualTo("tiny");
        assertThat(result.path("tokens_processed").intValue()).isEqualTo(2);
        assertThat(result.path("gpu_used").booleanValue()).isFalse();
        assertThat(result.path("execution_time").doubleValue()).isPositive();
        await().until(() -> mining.fact("jobs-completed").equals("1"));
        assertThat(mining.context.outbox().all())
                .singleElement()
                .satisfies(message -> assertThat(message.lane()).isEqualTo("j1"));
    }

    @Test
    void heartbeats_go_on_while_a_job_is_computed() {
        mining.engine.answers(ScriptedStream.hang());
        polls(ScriptedHub.job("j1", PAYLOAD));
        running("j1");

        mining.start();
        await().until(() -> mining.engine.opened().size() == 1);
        long before = hub.count("heartbeat");

        await().until(() -> hub.count("heartbeat") > before + 3);
        assertThat(hub.bodies("heartbeat").getLast().path("inflight").intValue())
                .isEqualTo(1);
        assertThat(mining.fact("jobs-running")).isEqualTo("1");
    }

    @Test
    void no_more_jobs_are_taken_than_places_are_there() {
        configure("miner.concurrency", "2");
        mining.engine.answers(ScriptedStream.hang());
        hub.on("poll", ScriptedHub.job("j1", PAYLOAD), ScriptedHub.job("j2", PAYLOAD), ScriptedHub.job("j3", PAYLOAD));
        running("j2", "j1");

        mining.start();
        await().until(() -> mining.engine.opened().size() == 2);
        long beats = hub.count("heartbeat");
        await().until(() -> hub.count("heartbeat") > beats + 5);

        assertThat(hub.count("poll")).isEqualTo(2);
        assertThat(mining.engine.opened()).hasSize(2);
    }

    @Test
    void a_job_that_takes_too_long_fails() {
        configure("miner.max-job-time", "50ms");
        mining.engine.answers(ScriptedStream.hang());
        polls(ScriptedHub.job("j1", PAYLOAD));
        running("j1");

        mining.start();
        await().until(() -> hub.count("fail") == 1);

        assertThat(hub.bodies("fail").getFirst().path("error_code").stringValue())
                .isEqualTo("TIME_LIMIT");
        assertThat(mining.engine.opened().getFirst().isClosed()).isTrue();
    }

    @Test
    void an_answer_longer_than_allowed_fails_and_one_cut_by_the_model_says_so() {
        configure("miner.max-output-tokens", "1");
        mining.engine.answers(ScriptedStream.text("x".repeat(65)), ScriptedStream.finish());
        polls(ScriptedHub.job("j1", PAYLOAD));

        mining.start();
        await().until(() -> hub.count("fail") == 1);

        assertThat(hub.bodies("fail").getFirst().path("error_code").stringValue())
                .isEqualTo("OUTPUT_TOO_LONG");
    }

    @Test
    void a_model_that_is_not_offered_fails_and_nothing_takes_its_place() {
        polls(ScriptedHub.job("j1", "{\"type\":\"inference\",\"model\":\"mistral:70b\",\"prompt\":\"x\"}"));

        mining.start();
        await().until(() -> hub.count("fail") == 1);

        assertThat(hub.bodies("fail").getFirst().path("error_message").stringValue())
                .isEqualTo("model 'mistral:70b' not found");
        assertThat(mining.engine.asked()).isEmpty();
    }

    @Test
    void a_model_the_engine_has_and_the_operator_does_not_offer_is_not_served() {
        configure("miner.models", "other:latest");
        polls(ScriptedHub.job("j1", PAYLOAD));

        mining.start();

        await().until(() -> mining.miner.health().summary().contains("miner.models"));
        assertThat(mining.miner.health().state()).isEqualTo(State.DEGRADED);
        assertThat(hub.count("register")).isZero();
        assertThat(hub.count("poll")).isZero();
    }

    @Test
    void an_engines_words_stay_at_home() {
        mining.engine.answers(
                ScriptedStream.fail(ErrorCode.UNREACHABLE, "http://10.0.0.7:11434 cannot be reached, see /var/log/x"));
        polls(ScriptedHub.job("j1", PAYLOAD));

        mining.start();
        await().until(() -> hub.count("fail") == 1);

        assertThat(hub.bodies("fail").getFirst().path("error_message").stringValue())
                .isEqualTo("The model runner is not available");
    }

    @Test
    void failures_can_be_reported_as_the_production_miner_does() {
        configure("miner.report-failures", "result");
        polls(ScriptedHub.job("j1", "{\"type\":\"text-generation\",\"model\":\"tiny\",\"prompt\":\"x\"}"));

        mining.start();
        await().until(() -> hub.count("result") == 1);

        assertThat(hub.bodies("result").getFirst().path("result").toString())
                .isEqualTo("{\"status\":\"failed\",\"error\":\"Unsupported job type: text-generation\"}");
        assertThat(hub.count("fail")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"404, miner not registered", "500, internal"})
    void a_coordinator_that_forgot_the_miner_is_told_again(int status, String text) {
        hub.on("poll", ScriptedHub.refusal(status, text), ScriptedHub.job("j1", PAYLOAD), ScriptedHub.answer(204, ""));

        mining.start();

        await().until(() -> hub.count("result") == 1);
        assertThat(hub.count("register")).isEqualTo(2);
    }

    @Test
    void a_heartbeat_that_is_not_known_registers_again() {
        hub.on(
                "heartbeat",
                ScriptedHub.ok("{}"),
                ScriptedHub.refusal(404, "miner not registered"),
                ScriptedHub.ok("{}"));

        mining.start();

        await().until(() -> hub.count("register") == 2);
    }

    @Test
    void a_limit_of_calls_is_waited_for() {
        hub.on("poll", ScriptedHub.limited(3600));

        mining.start();
        await().until(() -> hub.count("poll") == 1);
        long beats = hub.count("heartbeat");
        await().until(() -> hub.count("heartbeat") > beats + 5);

        assertThat(hub.count("poll")).isEqualTo(1);
        assertThat(mining.miner.health().state()).isEqualTo(State.DEGRADED);
        assertThat(mining.miner.health().summary()).contains("429");
    }

    @Test
    void a_refused_key_is_named_and_not_tried_all_the_time() {
        hub.on("register", ScriptedHub.refusal(401, "Invalid API key"));

        mining.start();

        await().until(() -> mining.miner.health().summary().contains("miner.key"));
        assertThat(hub.count("register")).isEqualTo(1);
        assertThat(mining.miner.health().toString()).doesNotContain(ScriptedHub.KEY);
    }

    @Test
    void a_lost_answer_to_a_poll_is_found_again() {
        hub.on("poll", ScriptedHub.cut(), ScriptedHub.answer(204, ""));
        hub.on(
                "jobs",
                ScriptedHub.jobs(),
                ScriptedHub.jobs(ScriptedHub.view("j1", "RUNNING", "\"payload\":" + PAYLOAD)));

        mining.start();

        await().until(() -> hub.count("result") == 1);
        assertThat(mining.engine.asked()).hasSize(1);
    }

    @Test
    void a_job_left_running_by_a_crash_is_computed_and_an_expired_one_is_not() {
        String expired = "{\"job_id\":\"j0\",\"state\":\"RUNNING\",\"expires_at\":\"2020-01-01T00:00:00Z\",\"payload\":"
                + PAYLOAD + "}";
        hub.on(
                "jobs",
                ScriptedHub.jobs(ScriptedHub.view("j1", "RUNNING", "\"payload\":" + PAYLOAD), expired),
                ScriptedHub.jobs());

        mining.start();

        await().until(() -> hub.count("poll") > 3 && hub.count("result") == 1);
        assertThat(mining.engine.asked()).hasSize(1);
        assertThat(hub.seen)
                .filteredOn(request -> request.route().equals("jobs"))
                .first()
                .satisfies(request -> assertThat(request.query()).contains("job_status=RUNNING"));
    }

    @Test
    void a_job_left_running_that_nobody_can_name_any_more_fails() {
        hub.on("jobs", ScriptedHub.jobs(ScriptedHub.view("j1", "RUNNING", "")), ScriptedHub.jobs());

        mining.start();

        await().until(() -> hub.count("fail") == 1);
        assertThat(hub.bodies("fail").getFirst().path("error_code").stringValue())
                .isEqualTo("MINER_STOPPED");
    }

    @Test
    void what_waits_in_the_outbox_is_not_computed_again() {
        Report report = Report.of(
                ScriptedHub.MINER, "j1", new Outcome.Completed("old", "tiny", 1, false, false, Duration.ofSeconds(1)));
        mining.context.outbox().add(ResultDelivery.TOPIC, "j1", "j1", report.payload());
        hub.on("jobs", ScriptedHub.jobs(ScriptedHub.view("j1", "RUNNING", "\"payload\":" + PAYLOAD)));

        mining.miner.start();
        await().until(() -> hub.count("poll") > 3);
        assertThat(mining.engine.asked()).isEmpty();
        mining.deliverAlways();

        await().until(() -> hub.count("result") == 1);
        assertThat(hub.bodies("result").getFirst().path("result").path("output").stringValue())
                .isEqualTo("old");
    }

    @Test
    void a_job_that_is_canceled_meanwhile_is_stopped_and_not_reported() {
        mining.engine.answers(ScriptedStream.hang());
        polls(ScriptedHub.job("j1", PAYLOAD));
        running("j1");
        mining.start();
        await().until(() -> mining.engine.opened().size() == 1);

        hub.on("jobs", ScriptedHub.jobs());

        await().until(() -> mining.fact("jobs-canceled").equals("1"));
        assertThat(mining.engine.opened().getFirst().isClosed()).isTrue();
        assertThat(mining.context.outbox().all()).isEmpty();
    }

    @Test
    void a_daily_limit_ends_the_day_also_after_a_restart() {
        configure("miner.daily-jobs", "1");
        hub.on("poll", ScriptedHub.job("j1", PAYLOAD), ScriptedHub.job("j2", PAYLOAD));
        mining.start();

        await().until(() -> mining.miner.health().summary().contains("enough for today"));
        assertThat(mining.miner.health().state()).isEqualTo(State.RUNNING);
        mining.miner.stop();
        mining.miner.start();
        await().until(() -> mining.miner.health().summary().contains("enough for today"));

        assertThat(mining.engine.asked()).hasSize(1);
        assertThat(hub.count("poll")).isEqualTo(1);
    }

    @Test
    void stopping_lets_a_job_finish_and_leaves_the_network() {
        polls(ScriptedHub.job("j1", PAYLOAD));
        mining.start();
        await().until(() ->
                mining.context.outbox().find(ResultDelivery.TOPIC, "j1").isPresent());

        mining.miner.stop();

        assertThat(hub.count("deregister")).isEqualTo(1);
        assertThat(hub.bodies("heartbeat").getLast().path("status").stringValue())
                .isEqualTo("OFFLINE");
        long calls = hub.seen.stream()
                .filter(request -> !request.route().equals("result"))
                .count();
        await().until(() -> mining.context.outbox().all().getFirst().state() == OutboxMessage.State.DELIVERED);
        assertThat(hub.seen.stream().filter(request -> !request.route().equals("result")))
                .hasSize((int) calls);
    }

    @Test
    void stopping_fails_a_job_that_does_not_end_in_time() {
        mining.engine.answers(ScriptedStream.hang());
        polls(ScriptedHub.job("j1", PAYLOAD));
        running("j1");
        mining.start();
        await().until(() -> mining.engine.opened().size() == 1);

        mining.miner.stop();

        await().until(() -> hub.count("fail") == 1);
        assertThat(hub.bodies("fail").getFirst().path("error_code").stringValue())
                .isEqualTo("MINER_STOPPED");
    }

    /** A host waits ten seconds for a service to stop. */
    @Test
    void a_coordinator_that_hangs_does_not_hold_up_a_stop() throws IOException {
        mining.close();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort();
            mining = new Mining(folder, url, url, ScriptedHub.MINER, ScriptedHub.KEY, "miner.stop-grace", "3s");
            mining.miner.start();
            try (Socket call = silent.accept()) {
                assertThat(call.getInputStream().read()).as("a call came").isPositive();
                long start = System.nanoTime();

                mining.miner.stop();

                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
            }
        }
    }

    @Test
    void a_hostile_job_fails_and_the_next_one_is_computed() {
        polls(
                ScriptedHub.job("j1", "{\"a\":".repeat(5000) + "1" + "}".repeat(5000)),
                ScriptedHub.job("j2", "{\"type\":\"inference\",\"model\":\"../../etc/passwd\",\"prompt\":\"x\"}"),
                ScriptedHub.job("j3", "{\"type\":\"inference\",\"model\":-1e999,\"prompt\":\"x\"}"),
                ScriptedHub.job(
                        "j4", "{\"type\":\"inference\",\"model\":\"tiny\",\"prompt\":\"" + "x".repeat(70_000) + "\"}"),
                ScriptedHub.ok("{\"job_id\":null}"),
                ScriptedHub.ok("\u0000"),
                ScriptedHub.job("j6", "{\"type\":\"\\ud800\",\"model\":\"tiny\",\"prompt\":\"x\"}"),
                ScriptedHub.job("j5", "{\"model\":\"tiny\",\"prompt\":\"\\u0000\\u001b[2J\\ud800\"}"));

        mining.start();

        await().until(() -> hub.count("fail") == 5 && hub.count("result") == 1);
        assertThat(mining.engine.asked()).hasSize(1);
        assertThat(mining.context.outbox().all())
                .allSatisfy(message -> assertThat(message.payload().codePoints())
                        .as("can be stored as UTF-8")
                        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }

    @Test
    void a_fault_of_the_engine_that_is_no_failure_of_the_api_fails_the_job() {
        mining.engine.answers();
        mining.engine.refuses(ErrorCode.INTERNAL, "broken");
        polls(ScriptedHub.job("j1", PAYLOAD));

        mining.start();

        await().until(() -> hub.count("fail") == 1);
        assertThat(hub.bodies("fail").getFirst().path("error_message").stringValue())
                .isEqualTo("The inference failed");
    }

    @Test
    void neither_prompts_nor_answers_nor_keys_are_logged() {
        mining.engine.answers(ScriptedStream.text("the-answer"), ScriptedStream.finish());
        polls(
                ScriptedHub.job("j1", PAYLOAD),
                ScriptedHub.job("j2", "{\"type\":\"other\",\"prompt\":\"tell me a secret\"}"));
        try (RecordedLog log = RecordedLog.of("io.aitbc.openclaw.provider")) {
            mining.start();
            await().until(() -> hub.count("result") == 1 && hub.count("fail") == 1);
            mining.miner.stop();

            assertThat(log.lines()).anyMatch(line -> line.contains("job ended"));
            assertThat(log.lines())
                    .allSatisfy(
                            line -> assertThat(line).doesNotContain("tell me a secret", "the-answer", ScriptedHub.KEY));
        }
    }

    @Test
    void offers_need_somebody_to_be_paid() {
        configure("miner.offer", "true");

        assertThat(Failures.assertFails(ErrorCode.INVALID_CONFIG, mining.miner::start))
                .hasMessageContaining("payout-address");
    }

    @Test
    void a_missing_address_of_the_network_is_an_error_of_configuration() {
        try (FolderContext context = new FolderContext(folder, Map.of("miner.enabled", "true"))) {
            Failures.assertFails(ErrorCode.INVALID_CONFIG, () -> new AitbcMinerFactory().create(context));
        }
    }
}
