package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A proof that an answer cost at most so much: made by one installation, checked by another. */
class PriceProofIT {
    @TempDir
    private Path here;

    @TempDir
    private Path elsewhere;

    private final JsonMapper json = new JsonMapper();

    @Test
    void price_of_an_answer_is_proven_here_and_checked_elsewhere() throws Exception {
        Path proof = here.resolve("price.json");
        String job;
        try (RunningHost host = new Installation(here).serve()) {
            job = networkJob(host);
            Installation.Ended made = generate(job, "-o", proof.toString());
            assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
            assertThat(made.out()).contains("development setup");
            assertThat(host.terminate()).as(host.errors()).isZero();
        }
        String verificationKey =
                json.readTree(Files.readString(proof)).path("key_sha256").asString();
        Installation.Ended stranger = check(proof, verificationKey);
        assertThat(stranger.exitCode()).as("nobody's receipt").isEqualTo(1);
        String hostKey = json.readTree(Files.readString(proof))
                .path("evidence")
                .path("root")
                .path("host_key")
                .asString();
        Installation.Ended good = check(proof, verificationKey, hostKey);
        assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
        assertThat(json.readTree(good.out()).path("reason").asString())
                .contains("the host itself", "with a price of at most 3600 base units", "signed this root");

        Installation.Ended again = generate(job, "--json");
        assertThat(again.exitCode()).as("of a host that is stopped").isZero();
        assertThat(signals(again.out())).isEqualTo(signals(Files.readString(proof)));
        Files.writeString(proof, Files.readString(proof).replace("\"3600\"", "\"3599\""));
        assertThat(check(proof, verificationKey, hostKey).exitCode())
                .as("another cap")
                .isEqualTo(1);
    }

    private JsonNode signals(String proof) {
        return json.readTree(proof).path("evidence").path("public_signals");
    }

    private Installation.Ended generate(String job, String... output) throws Exception {
        String data = here.resolve("data").toString();
        List<String> command =
                List.of("proof", "generate", "receipt_chain", "--answer", job, "--cap", "1", "--data", data);
        return new Installation(here)
                .run(Stream.concat(command.stream(), Stream.of(output)).toArray(String[]::new));
    }

    private Installation.Ended check(Path proof, String... trusted) throws Exception {
        Stream<String> keys = Stream.of(trusted).flatMap(key -> Stream.of("--trust", key));
        Stream<String> command = Stream.of("proof", "check", proof.toString(), "--json", "--aitbc", "off");
        return new Installation(elsewhere)
                .without(NoNetwork.best(elsewhere))
                .run(Stream.concat(command, keys).toArray(String[]::new));
    }

    private String networkJob(RunningHost host) throws Exception {
        String body =
                "{\"model\":\"aitbc/wren-tiny:latest\",\"stream\":false,\"options\":{\"num_predict\":8},\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(host.url() + "/api/chat"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return json.readTree(response.body())
                    .path("aitbc_metadata")
                    .path("job")
                    .asString();
        }
    }
}
