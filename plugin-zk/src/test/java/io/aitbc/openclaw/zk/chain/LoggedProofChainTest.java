package io.aitbc.openclaw.zk.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.contract.ProofChainContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
