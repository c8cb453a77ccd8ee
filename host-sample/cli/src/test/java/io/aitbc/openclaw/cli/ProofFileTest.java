package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.proof.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofFileTest {
    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String proof(String root) {
        return "{\"kind\":\"groth16\",\"evidence\":{\"circuit\":\"receipt_chain\"%s},\"prover\":\"this host\"}"
                .formatted(root);
    }

    @Test
    void what_a_verifier_takes_is_read_and_an_earlier_root_put_beside_the_later() throws IOException {
        Path now = file("now.json", proof(",\"root\":{\"host_key\":\"K\",\"note\":\"name\\n9\\nroot\\n\"}"));
        Path then = file("then.json", proof(",\"root\":{\"host_key\":\"K\",\"note\":\"name\\n7\\nroot\\n\"}"));
        assertThat(ProofFile.read(now, Set.of("key")))
                .isEqualTo(new Evidence(
                        Evidence.GROTH16,
                        "{\"circuit\":\"receipt_chain\",\"root\":{\"host_key\":\"K\",\"note\":\"name\\n9\\nroot\\n\"}}",
                        Set.of("key")));
        assertThat(ProofFile.read(now, Set.of(), then).json())
                .endsWith("\"note\":\"name\\n9\\nroot\\n\",\"kept\":\"name\\n7\\nroot\\n\"}}");
        assertThat(ProofFile.receipts(then)).isEqualTo(7);
    }

    @Test
    void documents_of_verifiers_and_receipts_are_taken_byte_for_byte() throws IOException {
        String plonk = "{\"circuit\": \"sums\", \"proof\": {\"protocol\": \"plonk\"}, \"public_signals\": []}";
        String receipt = "{\"receipt_id\": \"r\", \"units\": 1.50, \"zk_proof\": null}";
        String proven = "{\"receipt_id\": \"r\", \"zk_proof\": {\"proof\": 1.0}}";
        assertThat(ProofFile.read(file("a.json", plonk), Set.of()))
                .isEqualTo(new Evidence(Evidence.PLONK, plonk, Set.of()));
        assertThat(ProofFile.read(file("b.json", receipt), Set.of("k")))
                .isEqualTo(new Evidence(Evidence.AITBC_RECEIPT, receipt, Set.of("k")));
        assertThat(ProofFile.read(file("c.json", proven), Set.of("k")))
                .isEqualTo(new Evidence(Evidence.AITBC_RECEIPT_PROOF, proven, Set.of("k")));
    }

    @Test
    void files_of_snarkjs_become_one_document() throws IOException {
        Path proof = file("proof.json", "{\"pi_a\": [\"1\"], \"protocol\": \"groth16\"}");
        Path signals = file("public.json", "[\"7\"]");
        assertThat(ProofFile.ofSnarkjs(proof, "sums", signals, Set.of("k")))
                .isEqualTo(new Evidence(
                        Evidence.GROTH16,
                        "{\"circuit\":\"sums\",\"proof\":{\"pi_a\":[\"1\"],\"protocol\":\"groth16\"},\"public_signals\":[\"7\"]}",
                        Set.of("k")));
        assertThatThrownBy(() -> ProofFile.read(proof, Set.of()))
                .hasMessageEndingWith("add --circuit NAME and --public public.json");
        assertThatThrownBy(() -> ProofFile.ofSnarkjs(signals, "sums", signals, Set.of()))
                .hasMessageEndingWith("has no proof of the protocol groth16 or plonk");
    }

    @Test
    void what_is_no_proof_is_refused() throws IOException {
        for (String text :
                List.of("", "no proof", "[]", "{}", "{\"kind\":\"groth16\"}", "{\"kind\":1,\"evidence\":{}}")) {
            Path file = file("bad.json", text);
            assertThatThrownBy(() -> ProofFile.read(file, Set.of()))
                    .as(text)
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("bad.json");
        }
        Path bare = file("bare.json", proof(""));
        assertThatThrownBy(() -> ProofFile.receipts(bare)).hasMessageEndingWith("has no root that a host signed");
        assertThatThrownBy(() -> ProofFile.read(bare, Set.of(), bare))
                .hasMessageEndingWith("has no root that a host signed");
    }
}
