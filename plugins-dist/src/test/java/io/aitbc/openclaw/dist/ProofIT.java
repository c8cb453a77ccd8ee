package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Bundles that one installation hands out and another checks. */
class ProofIT {
    @TempDir
    private Path here;

    @TempDir
    private Path elsewhere;

    private final JsonMapper json = new JsonMapper();

    @Test
    void bundle_of_the_demo_holds_in_another_data_directory_with_the_network_off() throws Exception {
        Installation.Ended demo = new Installation(here).run("demo", "--json");
        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        JsonNode step = json.readTree(demo.out())
                .path("steps")
                .valueStream()
                .filter(it -> it.path("name").asString().equals("bundle checked"))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(
                elsewhere.resolve("bundle.json"), step.path("bundle").toString());
        List<String> trust =
                step.path("trust").valueStream().map(JsonNode::asString).toList();

        Installation.Ended good = verify(file, trust);
        assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
        JsonNode verdict = json.readTree(good.out());
        assertThat(verdict.path("valid").asBoolean()).isTrue();
        assertThat(verdict.path("assurance").asString()).isEqualTo("SIGNED");
        assertThat(verdict.path("links")
                        .valueStream()
                        .map(link -> link.path("link").asString() + " "
                                + link.path("state").asString()))
                .containsExactly(
                        "local holds", "receipt holds", "proof absent", "link holds", "log holds", "checkpoint holds");
        assertThat(verdict.path("notProven").valueStream().map(JsonNode::asString))
                .contains("that the named model, or any model, computed the answer");

        assertThat(verify(file, List.of()).exitCode()).as("nobody is trusted").isEqualTo(1);
        assertThat(verify(file, trust.subList(0, 1)).exitCode())
                .as("no coordinator is trusted")
                .isEqualTo(1);
        ObjectNode changed = (ObjectNode) json.readTree(Files.readString(file));
        changed.withObject("/local/statement").put("output_sha256", "0".repeat(64));
        Files.writeString(file, changed.toString());
        assertThat(verify(file, trust).exitCode()).as("changed").isEqualTo(1);
        Files.writeString(file, "{\"format\":");
        assertThat(verify(file, trust).exitCode()).as("cut").isEqualTo(1);
    }

    private Installation.Ended verify(Path file, List<String> trust) throws Exception {
        List<String> command = new ArrayList<>(List.of("proof", "verify", file.toString(), "--json", "--aitbc", "off"));
        trust.forEach(key -> command.addAll(List.of("--trust", key)));
        return new Installation(elsewhere).run(command.toArray(String[]::new));
    }

    @Test
    void bundle_is_the_same_from_a_host_that_runs_and_from_its_data_directory() throws Exception {
        Installation installation = new Installation(here);
        Path data = here.resolve("data");
        Path first = here.resolve("first.json");
        Path second = here.resolve("second.json");
        String job;
        Installation.Ended log;
        try (RunningHost host = installation.serve()) {
            job = networkJob(host);
            assertThat(run("proof", "export", job, "-o", first.toString(), "--data", data.toString())
                            .exitCode())
                    .isZero();
            log = run("proof", "log", "--json", "--data", data.toString());
            assertThat(host.terminate()).as(host.errors()).isZero();
        }
        assertThat(run("proof", "export", job, "-o", second.toString(), "--data", data.toString())
                        .exitCode())
                .isZero();
        assertThat(second).hasSameTextualContentAs(first);
        Installation.Ended stopped = run("proof", "log", "--json", "--data", data.toString());
        assertThat(stopped.out()).isEqualTo(log.out());
        assertThat(json.readTree(stopped.out()).path("size").asInt()).isEqualTo(1);
        assertThat(run("proof", "export", "job-of-nobody", "--data", data.toString())
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void price_of_an_answer_is_proven_here_and_checked_elsewhere() throws Exception {
        Path proof = here.resolve("price.json");
        String data = here.resolve("data").toString();
        String job;
        try (RunningHost host = new Installation(here).serve()) {
            job = networkJob(host);
            Installation.Ended made = run(
                    "proof",
                    "generate",
                    "receipt_chain",
                    "--answer",
                    job,
                    "--cap",
                    "1",
                    "-o",
                    proof.toString(),
                    "--data",
                    data);
            assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
            assertThat(made.out()).contains("development setup");
            assertThat(host.terminate()).as(host.errors()).isZero();
        }
        String keySha256 =
                json.readTree(Files.readString(proof)).path("key_sha256").asString();
        Installation.Ended stranger = check(proof, keySha256);
        assertThat(stranger.exitCode()).as("nobody's receipt").isEqualTo(1);
        String receiptKey = json.readTree(stranger.out())
                .path("notProven")
                .path(0)
                .asString()
                .replaceAll(".*receipt key ([0-9a-f]{64}) .*", "$1");
        Installation.Ended good = check(proof, keySha256, receiptKey);
        assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
        assertThat(json.readTree(good.out()).path("reason").asString())
                .contains("with a price of at most 3600 base units");

        Installation.Ended again =
                run("proof", "generate", "receipt_chain", "--answer", job, "--cap", "1", "--json", "--data", data);
        assertThat(again.exitCode()).as("of a host that is stopped").isZero();
        assertThat(json.readTree(again.out()).path("evidence").path("public_signals"))
                .isEqualTo(
                        json.readTree(Files.readString(proof)).path("evidence").path("public_signals"));
        Files.writeString(proof, Files.readString(proof).replace("\"3600\"", "\"3599\""));
        assertThat(check(proof, keySha256, receiptKey).exitCode())
                .as("another cap")
                .isEqualTo(1);
    }

    private Installation.Ended check(Path proof, String... trusted) throws Exception {
        List<String> command = new ArrayList<>(List.of("proof", "check", proof.toString(), "--json", "--aitbc", "off"));
        List.of(trusted).forEach(key -> command.addAll(List.of("--trust", key)));
        return new Installation(elsewhere).run(command.toArray(String[]::new));
    }

    private Installation.Ended run(String... command) throws Exception {
        return new Installation(here).run(command);
    }

    /** Has a network answer, and the host itself. */
    private String networkJob(RunningHost host) throws Exception {
        String job = "";
        for (String model : List.of("wren-tiny:latest", "aitbc/wren-tiny:latest")) {
            String body =
                    "{\"model\":\"%s\",\"stream\":false,\"options\":{\"num_predict\":8},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                            .formatted(model);
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(URI.create(host.url() + "/api/chat"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                JsonNode metadata = json.readTree(response.body()).path("aitbc_metadata");
                assertThat(metadata.path("assurance").asString()).isNotEmpty();
                assertThat(metadata.path("not_proven")).isNotEmpty();
                job = metadata.path("job").asString("");
            }
        }
        assertThat(job).isNotEmpty();
        return job;
    }
}
