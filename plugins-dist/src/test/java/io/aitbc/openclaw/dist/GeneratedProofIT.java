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

/** Zero-knowledge proofs that an installation makes. */
class GeneratedProofIT {
    @TempDir
    private Path here;

    private final JsonMapper json = new JsonMapper();
    private final Path bundle = ProofBundles.SUMS;

    private List<String> options() throws Exception {
        return List.of(
                "--aitbc",
                "off",
                "--set",
                "plugins.zk.circuits.sums.bundle=" + bundle,
                "--set",
                "plugins.zk.circuits.sums.bundle-sha256=" + ProofBundles.sumsHash());
    }

    private Installation.Ended proof(String... command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("proof"));
        arguments.addAll(List.of(command));
        arguments.addAll(List.of("--data", here.resolve("data").toString()));
        arguments.addAll(options());
        return new Installation(here).run(arguments.toArray(String[]::new));
    }

    private void generate() throws Exception {
        Installation.Ended circuits = proof("circuits", "--json");
        assertThat(circuits.exitCode()).as(circuits.err()).isZero();
        assertThat(json.readTree(circuits.out())
                        .path("circuits")
                        .valueStream()
                        .map(it -> it.path("circuit").asString()))
                .contains("sums");
        Path file = here.resolve("proof.json");
        Installation.Ended good = proof(
                "generate", "sums", "--input", bundle.resolve("witness.wtns").toString(), "-o", file.toString());
        assertThat(good.exitCode()).as(good.out() + good.err()).isZero();
        assertThat(good.out()).contains("The proof holds: sums, made by this host", "development setup");
        JsonNode proof = json.readTree(Files.readString(file));
        assertThat(proof.path("development_setup").asBoolean()).isTrue();
        assertThat(proof.path("evidence").path("public_signals"))
                .isEqualTo(json.readTree(Files.readString(bundle.resolve("public.json"))));
        Files.delete(file);

        byte[] wrong = Files.readAllBytes(bundle.resolve("witness.wtns"));
        wrong[wrong.length - 32] ^= 1;
        Path other = Files.write(here.resolve("wrong.wtns"), wrong);
        Installation.Ended bad = proof("generate", "sums", "--input", other.toString(), "-o", file.toString());
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.err()).contains("The input does not satisfy circuit sums");
        assertThat(file).doesNotExist();
    }

    @Test
    void proof_is_made_by_a_host_that_runs_and_by_its_plugins_when_none_runs() throws Exception {
        generate();
        try (RunningHost host = new Installation(here).serve(options().toArray(String[]::new))) {
            generate();
            assertThat(host.terminate()).as(host.errors()).isZero();
        }
    }
}
