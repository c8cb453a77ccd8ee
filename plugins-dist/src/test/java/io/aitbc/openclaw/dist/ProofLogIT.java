package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of a host and what is found in it: while the host runs, when it is stopped, and after it was killed. */
class ProofLogIT {
    private static final int CALLERS = 4;
    private static final int ACKNOWLEDGED = 12;

    @TempDir
    private Path here;

    private final JsonMapper json = new JsonMapper();

    private Installation.Ended run(String... command) throws Exception {
        String[] all = Stream.concat(Stream.of("proof"), Stream.of(command)).toArray(String[]::new);
        return new Installation(here).run(all);
    }

    private String data() {
        return here.resolve("data").toString();
    }

    private JsonNode proof(String... command) throws Exception {
        Installation.Ended ended = run(command);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return json.readTree(ended.out());
    }

    @Test
    void log_and_bundles_are_the_same_from_a_host_that_runs_and_from_its_data_directory() throws Exception {
        Path kept = here.resolve("kept");
        Path copy = here.resolve("copy");
        Path chain = here.resolve("data/plugins/zk/chain");
        String running;
        String job;
        String key;
        try (RunningHost host = new Installation(here).serve()) {
            String first = answer(host, "wren-tiny:latest").path("request").asString();
            assertThat(run("export", first, "--data", data()).exitCode())
                    .as("local answers are not recorded by default")
                    .isEqualTo(1);
            JsonNode answer = answer(host, "aitbc/wren-tiny:latest");
            assertThat(answer.path("record").asInt(-1)).isZero();
            assertThat(run("log", "--save", kept.toString(), "--data", data()).exitCode())
                    .isZero();
            copyFolder(chain, copy);
            JsonNode second = answer(host, "aitbc/wren-tiny:latest");
            assertThat(second.path("record").asInt(-1)).isEqualTo(1);
            JsonNode log = proof("log", "--since", kept.toString(), "--json", "--data", data());
            assertThat(log.at("/consistency/state").asString()).isEqualTo("holds");
            key = log.path("host_key").asString();
            job = answer.path("job").asString();
            assertThat(proof("list", "--json", "--data", data())
                            .path("records")
                            .valueStream()
                            .map(it -> it.path("request").asString()))
                    .containsExactly(
                            second.path("request").asString(),
                            answer.path("request").asString());
            running = run("export", job, "--since", kept.toString(), "--data", data())
                    .out();
            assertThat(host.terminate()).as(host.errors()).isZero();
        }
        JsonNode list = proof("list", "--since", "1h", "--limit", "1", "--json", "--data", data());
        assertThat(list.at("/records/0/index").asInt(-1)).isEqualTo(1);
        assertThat(list.path("records")).hasSize(1);
        Path bundle = here.resolve("bundle.json");
        assertThat(run("export", job, "--since", kept.toString(), "-o", bundle.toString(), "--data", data())
                        .exitCode())
                .isZero();
        assertThat(bundle).hasContent(running);
        verifyByPolicy(bundle, kept, key);

        copyFolder(copy, chain);
        Installation.Ended back = run("log", "--since", kept.toString(), "--data", data());
        assertThat(back.exitCode()).as("the copy is as old as the checkpoint").isZero();
        Installation.Ended registry = run("list", "--data", data());
        assertThat(registry.exitCode()).isEqualTo(1);
        assertThat(registry.err()).contains("The proof log is not the one that").contains("has 1 records, not 2");
    }

    private void verifyByPolicy(Path bundle, Path kept, String key) throws Exception {
        Path policy = here.resolve("policy");
        String rules = "trust-host = " + key + "\nwithout-receipt = true\nmax-age = 1h\ncheckpoint = kept\n";
        Files.writeString(policy, rules);
        // The devnet's receipts are signed by a key that nobody named here.
        assertThat(links(run("verify", bundle.toString(), "--json", "--policy", policy.toString())))
                .containsEntry("receipt", "fails")
                .containsEntry("consistency", "holds")
                .containsEntry("policy", "holds");
        Files.writeString(policy, rules.replace("max-age = 1h", "max-age = 1ms\nlevels = ATTESTED"));
        assertThat(links(run("verify", bundle.toString(), "--json", "--policy", policy.toString())))
                .containsEntry("policy", "fails");
        assertThat(run("verify", bundle.toString(), "--checkpoint", kept.toString(), "--trust", "host:" + key)
                        .out())
                .containsPattern("holds +consistency");
    }

    private Map<String, String> links(Installation.Ended ended) {
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(1);
        Map<String, String> states = new ConcurrentHashMap<>();
        json.readTree(ended.out())
                .path("links")
                .forEach(link -> states.put(
                        link.path("link").asString(), link.path("state").asString()));
        return states;
    }

    @Test
    void answer_whose_last_line_was_seen_has_its_record_after_kill_9() throws Exception {
        Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
        CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED);
        try (RunningHost host = new Installation(here).serve();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                callers.execute(() -> ask(host, acknowledged, enough));
            }
            assertThat(enough.await(60, TimeUnit.SECONDS)).as(host.errors()).isTrue();
            host.kill();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED);
        Map<String, Integer> recorded = new ConcurrentHashMap<>();
        proof("list", "--limit", "1000", "--json", "--data", data())
                .path("records")
                .forEach(it -> recorded.put(
                        it.path("request").asString(), it.path("index").asInt()));
        assertThat(recorded).containsAllEntriesOf(acknowledged);
    }

    /** Until the host is gone. */
    private void ask(RunningHost host, Map<String, Integer> acknowledged, CountDownLatch enough) {
        try {
            while (true) {
                JsonNode metadata = answer(host, "aitbc/wren-tiny:latest");
                acknowledged.put(
                        metadata.path("request").asString(),
                        metadata.path("record").asInt(-1));
                enough.countDown();
            }
        } catch (IOException | InterruptedException e) {
            // it was killed
        }
    }

    /** Streams an answer; what its last line tells. */
    private JsonNode answer(RunningHost host, String model) throws IOException, InterruptedException {
        String body =
                "{\"model\":\"%s\",\"options\":{\"num_predict\":4},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                        .formatted(model);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> response = client.send(
                    HttpRequest.newBuilder(URI.create(host.url() + "/api/chat"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = response.body()) {
                JsonNode last = json.readTree(lines.reduce((_, line) -> line).orElse("{}"));
                if (!last.path("done").asBoolean()) {
                    throw new IOException("not whole: " + last);
                }
                assertThat(response.headers().firstValue("x-request-id"))
                        .contains(last.at("/aitbc_metadata/request").asString());
                return last.path("aitbc_metadata");
            } catch (java.io.UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : List.of("log", "checkpoint", "host-key")) {
            Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
