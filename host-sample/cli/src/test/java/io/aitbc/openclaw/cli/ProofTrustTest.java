package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.proof.BundlePolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofTrustTest {
    private static final String KEY = "A".repeat(42) + "_";
    private static final String HASH = "0123456789ABCDEF".repeat(4);

    @Test
    void each_key_is_trusted_in_the_role_it_is_named_in() {
        BundlePolicy policy = ProofTrust.policy(
                List.of("host:" + KEY, "receipt:" + KEY.replace('A', 'B'), "proof:" + HASH, "miner:" + "AB".repeat(32)),
                List.of("receipt"),
                false,
                Optional.of("job-1"));
        assertThat(policy.hostKeys()).containsExactly(KEY);
        assertThat(policy.receiptKeys()).containsExactly(KEY.replace('A', 'B'));
        assertThat(policy.proofKeys()).containsExactly(HASH.toLowerCase(java.util.Locale.ROOT));
        assertThat(policy.minerKeys()).containsExactly("ab".repeat(32));
        assertThat(policy.required()).containsExactly("receipt");
        assertThat(policy.about()).contains("job-1");
    }

    @Test
    void nothing_is_trusted_by_default() {
        BundlePolicy policy = ProofTrust.policy(List.of(), List.of(), false, Optional.empty());
        assertThat(policy.hostKeys()).isEmpty();
        assertThat(policy.receiptKeys()).isEmpty();
        assertThat(policy.proofKeys()).isEmpty();
        assertThat(policy.receiptMayLack()).isFalse();
    }

    @Test
    void keys_without_a_role_or_of_another_form_are_refused() {
        for (String wrong : List.of(
                KEY, "host:" + HASH, "proof:" + KEY, "miner:" + KEY, "host:", "", ":" + KEY, "host:" + KEY + "=")) {
            assertThatThrownBy(() -> ProofTrust.policy(List.of(wrong), List.of(), false, Optional.empty()))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("--trust must be");
        }
    }

    @Test
    void required_links_are_known_and_not_contradicted() {
        assertThatThrownBy(() -> ProofTrust.policy(List.of(), List.of("notary"), false, Optional.empty()))
                .hasMessageContaining("--require must be receipt, proof or price");
        assertThatThrownBy(() -> ProofTrust.policy(List.of(), List.of("receipt"), true, Optional.empty()))
                .hasMessageContaining("exclude each other");
    }
}
