package io.aitbc.openclaw.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Many paid jobs over HTTP: each is computed once, and the devnet does not slow down or swell. */
class LoadTest {
    private static final Logger LOG = LoggerFactory.getLogger(LoadTest.class);
    private static final int CLIENTS = 4;

    /** Jobs a client has on their way at once. */
    private static final int BATCH = 25;

    private static final String MODEL = "m:1b";

    private final TestingEngine engine = new TestingEngine(MODEL);

    @Test
    void every_job_of_many_is_computed_once_and_at_a_good_rate() throws Exception {
        int jobs = Integer.getInteger("devnet.load.jobs", 1600);
        List<MinerOptions> crew = List.of(MinerOptions.of("m1"), MinerOptions.of("m2"));
        try (Devnet devnet = Devnet.start(DevnetOptions.defaults().withMiners(crew), engine);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            TestingClient signedIn = TestingClient.signIn(devnet, TestingWallet.RECORDED);
            Set<String> receipts = ConcurrentHashMap.newKeySet();
            long start = System.nanoTime();
            List<Callable<Integer>> work = IntStream.range(0, CLIENTS)
                    .<Callable<Integer>>mapToObj(
                            number -> () -> work(devnet, signedIn, number, jobs / CLIENTS, receipts))
                    .toList();
            int done = 0;
            for (Future<Integer> client : clients.invokeAll(work)) {
                done += client.get();
            }
            double perSecond = done / ((System.nanoTime() - start) / 1e9);
            LOG.info("devnet did {} paid jobs, {} a second", done, Math.round(perSecond));

            assertThat(done).isEqualTo(jobs);
            assertThat(receipts).hasSize(jobs);
            assertThat(engine.requests).hasSize(jobs);
            assertThat(engine.requests.stream().map(request -> request.prompt()).distinct())
                    .hasSize(jobs);
            // Far below what two idle cores do, so that a busy machine does not fail it.
            assertThat(perSecond).isGreaterThan(100);
        }
    }

    private int work(Devnet devnet, TestingClient client, int number, int jobs, Set<String> receipts)
            throws IOException {
        try (TestingConnection connection = TestingConnection.open(devnet.coordinatorUrl())) {
            return work(connection, client, number, jobs, receipts);
        }
    }

    private static int work(
            TestingConnection connection, TestingClient client, int number, int jobs, Set<String> receipts)
            throws IOException {
        Map<String, String> prompts = new LinkedHashMap<>();
        for (int i = 0; i < jobs; i++) {
            String prompt = "prompt %d of %d".formatted(i, number);
            String body = WireJson.text(TestingClient.paid(TestingClient.job(MODEL, prompt), "1"));
            String jobId = call(connection, client, "POST", "/v1/jobs", body)
                    .path("job_id")
                    .stringValue();
            prompts.put(jobId, prompt);
            if (prompts.size() == BATCH || i == jobs - 1) {
                for (Map.Entry<String, String> job : prompts.entrySet()) {
                    receipts.add(collect(connection, client, job.getKey(), job.getValue()));
                }
                prompts.clear();
            }
        }
        return jobs;
    }

    /** The id of the receipt, once the job is done and paid. */
    private static String collect(TestingConnection connection, TestingClient client, String jobId, String prompt)
            throws IOException {
        String path = "/v1/jobs/" + jobId;
        while (!call(connection, client, "GET", path, "")
                .path("state")
                .stringValue()
                .equals("COMPLETED")) {
            Thread.yield();
        }
        JsonNode answer = call(connection, client, "GET", path + "/result", "");
        assertThat(answer.path("result").path("output").stringValue()).isEqualTo(MODEL + " says: " + prompt);
        assertThat(call(connection, client, "GET", path + "/payment", "")
                        .path("status")
                        .stringValue())
                .isEqualTo("released");
        return answer.path("receipt").path("receipt_id").stringValue();
    }

    private static JsonNode call(
            TestingConnection connection, TestingClient client, String method, String path, String body)
            throws IOException {
        return connection.exchange(method, path, client.headers, body).json();
    }

    @Test
    void finished_jobs_beyond_the_limit_are_forgotten_and_the_others_are_listed() {
        DevnetOptions options = DevnetOptions.defaults().withMostJobs(10);
        try (Devnet devnet = Devnet.start(options, engine)) {
            TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                ids.add(client.submit(TestingClient.paid(TestingClient.job(MODEL, "n" + i), "1")));
                client.await(ids.getLast(), "COMPLETED");
            }

            List<String> listed = client.get("/v1/jobs?limit=100")
                    .json()
                    .path("items")
                    .valueStream()
                    .map(job -> job.path("job_id").stringValue())
                    .toList();

            assertThat(listed).isEqualTo(ids.subList(15, 25).reversed());
            assertThat(client.get("/v1/jobs/" + ids.getFirst()).status()).isEqualTo(404);
            assertThat(new TestingHttp(devnet.chainUrl())
                            .get("/rpc/escrow/" + ids.getFirst(), Map.of())
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void jobs_that_wait_are_not_forgotten_and_there_is_an_end_to_them() {
        DevnetOptions options = DevnetOptions.defaults().withMostJobs(3).withMiner(false);
        try (Devnet devnet = Devnet.start(options, engine)) {
            TestingClient client = TestingClient.signIn(devnet, TestingWallet.RECORDED);
            for (int i = 0; i < 30; i++) {
                client.submit(TestingClient.job(MODEL, "n" + i));
            }

            assertThat(client.get("/v1/jobs?limit=100").json().path("total").intValue())
                    .isEqualTo(30);
            assertThat(client.post("/v1/jobs", TestingClient.job(MODEL, "more")).status())
                    .isEqualTo(503);
        }
    }
}
