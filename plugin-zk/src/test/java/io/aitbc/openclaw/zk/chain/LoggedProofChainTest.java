package io.aitbc.openclaw.zk.chain;

import static io.aitbc.openclaw.contract.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.contract.ProofChainContract;
import io.aitbc.openclaw.zk.receiptchain.AnswerReceipt;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedProofChainTest extends ProofChainContract {
    @TempDir
    private Path place;

    @Override
    protected ProofChain createChain(Path folder) {
        return TestingChain.in(folder);
    }

    @Test
    void nothing_is_made_before_it_is_needed_and_then_for_the_owner_only() throws IOException {
        Path folder = place.resolve("chain");
        try (ProofChain chain = TestingChain.in(folder)) {
            assertThat(folder).doesNotExist();
            assertThat(chain.verify("{}", TestingChain.nobody()).valid()).isFalse();
            assertThat(folder).doesNotExist();
            assertThat(chain.head().size()).isZero();
        }
        for (String file : new String[] {"host-key", "log"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    /** As a proof that is being made keeps the old version of the plugin loaded. */
    @Test
    void a_retired_chain_leaves_its_log_to_the_next_one_and_its_proofs_read_on() throws Exception {
        ProofInput.Answer job = new ProofInput.Answer("job-0", TokenAmount.ofCoins(BigDecimal.ONE, Rail.AITBC));
        LoggedProofChain old = TestingChain.in(place);
        try (ProofChain next = TestingChain.in(place)) {
            old.append(TestingChain.network("request-0", "job-0", Optional.of("{\"price\": 0.03}")));
            AnswerReceipt before = old.receiptInputs(job);
            old.retire();
            assertThat(next.append(TestingChain.network("request-1", "job-1", Optional.empty()))
                            .index())
                    .isEqualTo(1);
            assertThat(old.receiptInputs(job).inputs()).isEqualTo(before.inputs());
            AnswerRecord late = TestingChain.network("request-2", "job-2", Optional.empty());
            assertFails(ErrorCode.PLUGIN_UNAVAILABLE, () -> old.append(late));
            assertFails(ErrorCode.PLUGIN_UNAVAILABLE, () -> old.bundle("job-0"));
            old.close();
            assertThat(next.append(late).index()).isEqualTo(2);
        }
        try (ProofChain again = TestingChain.in(place)) {
            assertThat(again.head().size()).isEqualTo(3);
        }
    }

    @Test
    void a_chain_that_retires_before_it_was_used_never_takes_the_log() {
        try (LoggedProofChain old = TestingChain.in(place);
                ProofChain next = TestingChain.in(place)) {
            old.retire();
            assertFails(ErrorCode.PLUGIN_UNAVAILABLE, old::head);
            assertThat(next.head().size()).isZero();
        }
    }

    @Test
    void a_log_that_cannot_be_opened_is_a_failure_that_says_where() throws IOException {
        Files.writeString(Files.createDirectory(place.resolve("chain")).resolve("host-key"), "nonsense");
        try (ProofChain chain = TestingChain.in(place.resolve("chain"))) {
            assertThatThrownBy(chain::head)
                    .isInstanceOf(OpenClawException.class)
                    .hasMessageContaining("proof log")
                    .hasMessageContaining("is not a key");
        }
    }
}
