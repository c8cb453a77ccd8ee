package io.aitbc.openclaw.bench.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.bench.BenchmarkRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofsBenchmarkTest {
    @Test
    void samples_are_evidence_and_their_keys_are_pinned(@TempDir Path folder) throws IOException {
        Evidence evidence = SampleProof.groth16().evidence();
        assertThat(evidence.kind()).isEqualTo("groth16");
        assertThat(evidence.json()).startsWith("{\"circuit\":\"receipt_public\",\"proof\":{\"pi_a\":[");
        Map<String, String> settings = SampleProof.plonk().settings(folder);
        assertThat(settings.get("circuits.sums.key-sha256")).matches("[0-9a-f]{64}");
        assertThat(Files.readString(Path.of(settings.get("circuits.sums.key")))).contains("\"protocol\":\"plonk\"");
    }

    @Test
    void batch_is_one_of_different_proofs() {
        assertThat(SampleProof.groth16Batch())
                .hasSize(64)
                .doesNotHaveDuplicates()
                .doesNotContain(SampleProof.groth16().evidence())
                .allMatch(evidence ->
                        evidence.json().startsWith("{\"circuit\":\"receipt_public\",\"proof\":{\"pi_a\":["));
    }

    @Test
    void sample_circuit_is_a_bundle_that_the_settings_pin(@TempDir Path folder) throws IOException {
        SampleCircuit circuit = SampleCircuit.permutation(folder);
        assertThat(circuit.settings().get("circuits.permutation.bundle-sha256")).matches("[0-9a-f]{64}");
        assertThat(Path.of(circuit.settings().get("circuits.permutation.bundle")))
                .isDirectoryContaining("glob:**circuit.json");
        assertThat(circuit.request().circuit()).isEqualTo("permutation");
        assertThat(new String(circuit.provingKey(), 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("zkey");
    }

    @Test
    void files_are_found_in_libraries_of_plugins(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        write(jar, "some/package/key.zkey", new byte[] {1, 2, 3});
        try (OutputStream archive = Files.newOutputStream(folder.resolve("zk.zip"))) {
            write(archive, "lib/keys.jar", jar.toByteArray());
        }
        assertThat(PluginFiles.find(folder, "key.zkey")).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> PluginFiles.find(folder, "none")).hasMessageContaining("no plugin in");
    }

    private static void write(OutputStream out, String name, byte[] bytes) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
        zip.finish();
    }

    @Test
    void targets_of_proving_are_judged(@TempDir Path folder) throws IOException {
        SampleCircuit circuit = SampleCircuit.permutation(folder);
        BenchmarkRow good = ProofsBenchmark.proving(circuit, 150, OptionalDouble.of(240));
        assertThat(good.name()).isEqualTo("Groth16 proof made, 736 constraints, at most");
        assertThat(good.met()).isTrue();
        assertThat(good.baseline()).contains(240.0);
        assertThat(ProofsBenchmark.proving(circuit, 250, OptionalDouble.empty()).met())
                .isFalse();
    }

    @Test
    void the_lesser_figure_of_snarkjs_counts() throws IOException {
        assertThat(SnarkjsPeer.parse(List.of("noise", "figures 12.5 20.25"))).isEqualTo(12.5);
        assertThat(SnarkjsPeer.parse(List.of("figures 30.5 20.25"))).isEqualTo(20.25);
        assertThatThrownBy(() -> SnarkjsPeer.parse(List.of("noise"))).isInstanceOf(IOException.class);
    }
}
