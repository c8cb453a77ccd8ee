package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofPolicyFileTest {
    private static final String KEY = "A".repeat(42) + "_";
    private static final String OTHER = "B".repeat(43);
    private static final String HASH = "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    private BundlePolicy policy(String text) throws IOException {
        return ProofPolicyFile.read(Files.writeString(folder.resolve("policy"), text), Optional.of("job-1"));
    }

    @Test
    void all_rules_are_read() throws IOException {
        Files.writeString(folder.resolve("kept"), "origin\n7\nroot\n\n— signature\n");
        BundlePolicy policy = policy("""
                # Whom we trust
                trust-host = %s, %s
                trust-receipt = %s
                trust-proof = %s
                trust-miner = abABabABabABabABabABabABabABabABabABabABabABabABabABabABabABabAB
                require = receipt, proof, price
                levels = SIGNED, ZK_STATEMENT
                max-age = 30d
                checkpoint = kept
                """.formatted(KEY, OTHER, OTHER, HASH));
        assertThat(policy.hostKeys()).containsExactlyInAnyOrder(KEY, OTHER);
        assertThat(policy.receiptKeys()).containsExactly(OTHER);
        assertThat(policy.proofKeys()).containsExactly(HASH);
        assertThat(policy.required()).containsExactlyInAnyOrder("receipt", "proof", "price");
        assertThat(policy.minerKeys()).containsExactly("ab".repeat(32));
        assertThat(policy.receiptMayLack()).isFalse();
        assertThat(policy.about()).contains("job-1");
        assertThat(policy.levels()).containsExactlyInAnyOrder(AssuranceLevel.SIGNED, AssuranceLevel.ZK_STATEMENT);
        assertThat(policy.maxAge()).contains(Duration.ofDays(30));
        assertThat(policy.keptCheckpoint()).contains("origin\n7\nroot\n\n— signature\n");
    }

    @Test
    void an_empty_policy_trusts_nobody_and_allows_nothing_more() throws IOException {
        BundlePolicy policy = policy("# nothing yet\n");
        assertThat(policy.hostKeys()).isEmpty();
        assertThat(policy.receiptKeys()).isEmpty();
        assertThat(policy.proofKeys()).isEmpty();
        assertThat(policy.receiptMayLack()).isFalse();
        assertThat(policy("without-receipt = true").receiptMayLack()).isTrue();
    }

    @Test
    void what_is_not_understood_is_refused_with_file_and_reason() {
        for (String wrong : List.of(
                "trust-hosts = " + KEY,
                "Trust-host = " + KEY,
                "trust-host = " + HASH,
                "trust-host = " + KEY + " " + OTHER,
                "trust-host = " + KEY + ",",
                "trust-host = " + KEY + "," + KEY,
                "trust-host =",
                "trust-host = " + KEY + "\ntrust-host = " + OTHER,
                "trust-proof = " + KEY,
                "require = notary",
                "require = receipt\nwithout-receipt = true",
                "without-receipt = yes",
                "levels = signed",
                "levels = SIGNED, SIGNED",
                "levels = SIGNED; ATTESTED",
                "max-age = 30",
                "max-age = -1d",
                "max-age = 0s",
                "max-age = PT-1H",
                "trust-host = \\u00zz",
                "nonsense")) {
            assertThatThrownBy(() -> policy(wrong))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.WRONG_USAGE))
                    .hasMessageContaining("The policy " + folder.resolve("policy"));
        }
    }

    @Test
    void files_that_are_missing_too_large_or_no_checkpoint_are_refused() throws IOException {
        assertThatThrownBy(() -> ProofPolicyFile.read(folder.resolve("none"), Optional.empty()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> policy("#" + "x".repeat(1 << 20))).hasMessageContaining("larger than a policy may be");
        assertThatThrownBy(() -> policy("checkpoint = none")).hasMessageContaining("cannot be read");
        Files.writeString(folder.resolve("kept"), "origin\nmany\nroot\n");
        assertThatThrownBy(() -> policy("checkpoint = kept")).hasMessageContaining("is not a checkpoint");
    }
}
