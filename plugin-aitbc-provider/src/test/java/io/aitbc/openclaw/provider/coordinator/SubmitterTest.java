package io.aitbc.openclaw.provider.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.provider.coordinator.ListedJobs.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A submission whose answer is lost becomes one job, never two. */
@Timeout(120)
class SubmitterTest {
    private static final Duration SETTLE = Duration.ofMillis(150);

    private final ListedJobs jobs = new ListedJobs();
    private final CallScope scope = new CallScope();
    private CoordinatorServices services;

    @BeforeEach
    void start() {
        services = services(Profile.CURRENT);
    }

    private CoordinatorServices services(Profile profile) {
        return TestingServices.of(
                jobs.http,
                new Account(Optional.of(Wallet.of(TestingServices.KEY)), Optional.of("key"), Optional.of(profile)),
                Pace.LEARNED,
                SETTLE);
    }

    @AfterEach
    void stop() {
        services.close();
        jobs.close();
    }

    private JobView submit(String reference) throws SubmitException {
        return services.coordinator()
                .submit(
                        new JobSubmission(
                                reference,
                                "tiny",
                                "Say hi",
                                Duration.ofSeconds(60),
                                Optional.empty(),
                                Optional.empty()),
                        scope);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.class,
            names = {"LOST", "GATEWAY_TIMEOUT", "UNREADABLE"})
    void a_job_that_is_there_is_found(Fate fate) throws Exception {
        jobs.next(fate);

        JobView job = submit("oc-1");

        assertThat(job.reference()).contains("oc-1");
        assertThat(jobs.references()).containsExactly("oc-1");
    }

    @Test
    void a_job_behind_pages_of_newer_ones_is_found() throws Exception {
        jobs.older(30);
        jobs.next(Fate.LOST);
        jobs.afterLoss = () -> jobs.others(450);

        JobView job = submit("oc-1");

        assertThat(job.reference()).contains("oc-1");
        assertThat(Collections.frequency(jobs.references(), "oc-1")).isEqualTo(1);
    }

    @Test
    void a_coordinator_with_shorter_pages_than_asked_for_hides_nothing() throws Exception {
        jobs.mostPerPage = 7;
        jobs.next(Fate.LOST);
        jobs.afterLoss = () -> jobs.others(40);

        submit("oc-1");

        assertThat(Collections.frequency(jobs.references(), "oc-1")).isEqualTo(1);
    }

    @Test
    void jobs_of_earlier_times_are_not_read() throws Exception {
        jobs.older(5000);
        submit("oc-1");
        jobs.next(Fate.LOST);

        submit("oc-2");

        assertThat(jobs.http.count("GET /v1/jobs")).as("pages").isLessThanOrEqualTo(2);
    }

    @Test
    void jobs_that_come_in_while_the_list_is_read_neither_hide_the_lost_one_nor_make_it_read_all() throws Exception {
        jobs.older(3000);
        submit("oc-1");
        jobs.next(Fate.LOST);
        jobs.afterLoss = () -> jobs.others(250);
        jobs.onPage = () -> jobs.others(30);

        submit("oc-2");

        assertThat(Collections.frequency(jobs.references(), "oc-2")).isEqualTo(1);
        assertThat(jobs.http.count("GET /v1/jobs")).as("pages").isLessThan(12);
    }

    @Test
    void a_submission_that_never_arrived_is_repeated_once_the_coordinator_had_its_time() throws Exception {
        jobs.next(Fate.NEVER_ARRIVED);
        long start = System.nanoTime();

        submit("oc-1");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SETTLE);
        assertThat(jobs.references()).containsExactly("oc-1");
        assertThat(jobs.http.count("POST /v1/jobs")).isEqualTo(2);
    }

    @Test
    void a_copy_that_turns_up_after_all_is_canceled_and_the_other_one_kept() throws Exception {
        jobs.next(Fate.LATE);
        JobView kept = submit("oc-1");
        services.coordinator().cancelTwins(scope);
        assertThat(jobs.canceled).isEmpty();

        jobs.settle();
        services.coordinator().cancelTwins(scope);

        assertThat(jobs.references()).containsExactly("oc-1", "oc-1");
        assertThat(jobs.canceled).singleElement().isNotEqualTo(kept.jobId());
    }

    @Test
    void a_job_whose_answer_is_still_under_way_is_no_copy() throws Exception {
        jobs.next(Fate.LATE);
        submit("oc-1");
        try (CoordinatorServices other = services(Profile.CURRENT)) {
            other.coordinator().cancelTwins(scope);
        }

        services.coordinator().cancelTwins(scope);

        assertThat(jobs.canceled).isEmpty();
    }

    @Test
    void looking_for_copies_costs_nothing_when_nothing_was_repeated() throws Exception {
        submit("oc-1");

        services.coordinator().cancelTwins(scope);

        assertThat(jobs.http.count("GET /v1/jobs")).isZero();
    }

    @Test
    void an_unreadable_yes_is_never_repeated() {
        jobs.next(Fate.UNREADABLE);
        jobs.http.answer("GET /v1/jobs", 200, "{\"items\":[]}");

        assertThatThrownBy(() -> submit("oc-1"))
                .isInstanceOfSatisfying(
                        SubmitException.class, e -> assertThat(e.mayExist()).isTrue());

        assertThat(jobs.http.count("POST /v1/jobs")).isEqualTo(1);
    }

    @Test
    void two_hundred_submissions_at_once_with_lost_answers_become_two_hundred_jobs() throws Exception {
        jobs.older(1000);
        Random random = new Random(20261125);
        Fate[] fates = {Fate.ANSWERED, Fate.ANSWERED, Fate.LOST, Fate.NEVER_ARRIVED, Fate.GATEWAY_TIMEOUT};
        for (int i = 0; i < 200; i++) {
            jobs.next(fates[random.nextInt(fates.length)]);
        }
        List<Future<JobView>> submitted = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch together = new CountDownLatch(1);
            for (int i = 0; i < 200; i++) {
                String reference = "oc-" + i;
                submitted.add(executor.submit(() -> {
                    together.await();
                    return submit(reference);
                }));
            }
            together.countDown();
        }

        for (int i = 0; i < 200; i++) {
            assertThat(submitted.get(i).get().reference()).contains("oc-" + i);
        }
        assertThat(jobs.references().stream().filter(it -> it.startsWith("oc-")))
                .hasSize(200)
                .doesNotHaveDuplicates();
        assertThat(jobs.http.count("GET /v1/jobs"))
                .as("lookups share their readings of the list")
                .isLessThan(200);
    }

    @Test
    void without_payloads_a_job_nobody_knows_makes_it_unclear_and_nothing_is_repeated() {
        jobs.showsPayload = false;
        try (CoordinatorServices march = services(Profile.MARCH)) {
            services.close();
            services = march;
            jobs.next(Fate.LOST);

            assertThatThrownBy(() -> submit("oc-1"))
                    .isInstanceOfSatisfying(
                            SubmitException.class, e -> assertThat(e.mayExist()).isTrue());
        }
        assertThat(jobs.references()).containsExactly("oc-1");
    }

    @Test
    void without_payloads_a_submission_is_repeated_when_all_listed_jobs_are_known() throws Exception {
        jobs.showsPayload = false;
        services.close();
        services = services(Profile.MARCH);
        submit("oc-1");
        jobs.next(Fate.NEVER_ARRIVED);

        submit("oc-2");

        assertThat(jobs.references()).containsExactly("oc-1", "oc-2");
    }

    @Test
    void without_payloads_the_receipt_tells_whose_job_it_is() throws Exception {
        jobs.showsPayload = false;
        jobs.state = "COMPLETED";
        services.close();
        services = services(Profile.MARCH);
        jobs.next(Fate.LOST);

        JobView job = submit("oc-1");

        assertThat(job.jobId()).isEqualTo("job1");
        assertThat(jobs.references()).containsExactly("oc-1");
    }
}
