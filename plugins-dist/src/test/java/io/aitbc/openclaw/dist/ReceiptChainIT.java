package io.aitbc.openclaw.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A proof of what an answer cost at most, made by one installation and checked by another. */
class ReceiptChainIT {
    @TempDir
    private Path here;

    @TempDir
    private Path elsewhere;

    private final JsonMapper json = new JsonMapper();

    @Test
    void price_of_an_answer_is_proven_here_and_checked_elsewhere() throws Exception {
        Path proof = here.resolve("price.json");
        String data = here.resolve("data").toString();
        Installation installation = new Installation(here);
        assertThat(installation.run("demo", "--json", "--data", data).exitCode())
                .isZero();
        String job = json.readTree(installation
                        .run("proof", "list", "--json", "--data", data)
                        .out())
                .at("/records/0/job")
                .asString();
        try (RunningHost host = installation.serve()) {
            Installation.Ended made = generate(job, data, "-o", proof.toString());
            assertThat(made.exitCode()).as(made.out() + made.err()).isZero();
            assertThat(made.out()).contains("development setup");
            assertThat(host.terminate()).as(host.errors()).isZero();
        }
        JsonNode written = json.readTree(Files.readString(proof));
        String keySha256 = written.path("key_sha256").asString();
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

        Installation.Ended again = generate(job, data, "--json");
        assertThat(again.exitCode()).as("of a host that is stopped").isZero();
        assertThat(json.readTree(again.out()).path("evidence").path("public_signals"))
                .isEqualTo(written.path("evidence").path("public_signals"));
        Files.writeString(proof, Files.readString(proof).replace("\"3600\"", "\"3599\""));
        assertThat(check(proof, keySha256, receiptKey).exitCode())
                .as("another cap")
                .isEqualTo(1);
    }

    private Installation.Ended generate(String job, String data, String... more) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("proof", "generate", "receipt_chain", "--answer", job, "--cap", "1", "--data", data));
        command.addAll(List.of(more));
        return new Installation(here).run(command.toArray(String[]::new));
    }

    private Installation.Ended check(Path proof, String... trusted) throws Exception {
        List<String> command = new ArrayList<>(List.of("proof", "check", proof.toString(), "--json", "--aitbc", "off"));
        List.of(trusted).forEach(key -> command.addAll(List.of("--trust", key)));
        return new Installation(elsewhere).run(command.toArray(String[]::new));
    }
}
