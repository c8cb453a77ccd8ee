package io.aitbc.openclaw.zk.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ConsistencyProof;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.zk.chain.TestingChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who kept a checkpoint notices when the log of a host is put back, forked or exchanged. */
class LogGrowthTest {
    @TempDir
    private Path place;

    @Test
    void log_that_only_grew_follows_from_each_of_its_checkpoints() {
        try (ProofChain chain = TestingChain.in(place.resolve("chain"))) {
            List<String> kept = new ArrayList<>(List.of(chain.head().checkpoint()));
            for (int i = 0; i < 20; i++) {
                append(chain, "req-" + i);
                kept.add(chain.head().checkpoint());
            }
            for (int size = 0; size <= 20; size++) {
                ConsistencyProof proof = chain.consistency(size);
                assertThat(proof.earlier()).isEqualTo(kept.get(size));
                LinkVerdict verdict = chain.verify(kept.get(size), proof);
                assertThat(verdict.state()).as(verdict.reason()).isEqualTo(LinkVerdict.State.HOLDS);
                for (int other = 0; other < 20; other++) {
                    assertThat(chain.verify(kept.get(other), proof).isGood()).isEqualTo(other == size);
                }
            }
        }
    }

    @Test
    void log_that_was_put_back_is_noticed_though_it_signs_what_it_is() throws IOException {
        String kept;
        try (ProofChain chain = TestingChain.in(place.resolve("chain"))) {
            append(chain, "req-0");
        }
        copy(place.resolve("chain"), place.resolve("copy"));
        try (ProofChain chain = TestingChain.in(place.resolve("chain"))) {
            append(chain, "req-1");
            append(chain, "req-2");
            kept = chain.head().checkpoint();
        }
        try (ProofChain back = TestingChain.in(place.resolve("copy"))) {
            assertThatThrownBy(() -> back.consistency(3))
                    .isInstanceOfSatisfying(
                            OpenClawException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                    .hasMessageContaining("has 1 records, not 3");
            assertFails(back.verify(kept, back.consistency(1)), "has 1 records, and had 3 before");
            BundleVerdict verdict =
                    back.verify(back.bundle("req-0").orElseThrow(), policy(back).withKeptCheckpoint(kept));
            assertThat(verdict.valid()).isFalse();
            assertFails(verdict.links().getLast(), "has 1 records, and had 3 before");
            append(back, "req-other");
            append(back, "req-more");
            assertFails(back.verify(kept, back.consistency(3)), "exchanged or forked");
            append(back, "req-yet-more");
            assertFails(back.verify(kept, back.consistency(3)), "exchanged or forked");
        }
    }

    @Test
    void forked_log_is_noticed_in_its_bundles() throws IOException {
        try (ProofChain chain = TestingChain.in(place.resolve("chain"))) {
            append(chain, "req-0");
        }
        copy(place.resolve("chain"), place.resolve("fork"));
        try (ProofChain chain = TestingChain.in(place.resolve("chain"));
                ProofChain fork = TestingChain.in(place.resolve("fork"))) {
            append(chain, "req-1");
            String kept = chain.head().checkpoint();
            BundlePolicy policy = policy(chain).withKeptCheckpoint(kept);
            append(chain, "req-2");
            append(fork, "req-fork");
            append(fork, "req-2");
            assertThat(chain.verify(chain.bundle("req-2", OptionalLong.of(2)).orElseThrow(), policy)
                            .valid())
                    .isTrue();
            BundleVerdict verdict =
                    chain.verify(fork.bundle("req-2", OptionalLong.of(2)).orElseThrow(), policy);
            assertThat(verdict.links()).filteredOn(link -> !link.isGood()).hasSize(1);
            assertFails(verdict.links().getLast(), "exchanged or forked");
            assertThat(chain.verify(fork.bundle("req-2").orElseThrow(), policy(chain))
                            .valid())
                    .as("without a checkpoint nobody can tell")
                    .isTrue();
        }
    }

    @Test
    void bundle_that_shows_no_growth_is_not_good_for_who_kept_a_checkpoint() {
        try (ProofChain chain = TestingChain.in(place.resolve("chain"))) {
            append(chain, "req-0");
            String kept = chain.head().checkpoint();
            BundlePolicy policy = policy(chain).withKeptCheckpoint(kept);
            assertThat(chain.verify(chain.bundle("req-0").orElseThrow(), policy).valid())
                    .as("of the very checkpoint")
                    .isTrue();
            append(chain, "req-1");
            BundleVerdict verdict = chain.verify(chain.bundle("req-0").orElseThrow(), policy);
            assertFails(verdict.links().getLast(), "ask for it with --since");
            verdict = chain.verify(chain.bundle("req-0", OptionalLong.of(0)).orElseThrow(), policy);
            assertFails(verdict.links().getLast(), "ask for it with --since");
            assertThat(chain.verify(chain.bundle("req-0", OptionalLong.of(1)).orElseThrow(), policy)
                            .valid())
                    .isTrue();
        }
    }

    @Test
    void checkpoints_of_others_and_changed_proofs_are_refused() {
        try (ProofChain chain = TestingChain.in(place.resolve("chain"));
                ProofChain stranger = TestingChain.in(place.resolve("stranger"))) {
            for (int i = 0; i < 7; i++) {
                append(chain, "req-" + i);
                append(stranger, "req-" + i);
            }
            String kept = chain.consistency(3).earlier();
            ConsistencyProof proof = chain.consistency(3);
            assertThat(chain.verify(kept, proof).isGood()).isTrue();
            assertFails(chain.verify(stranger.head().checkpoint(), proof), "is not signed by host key");
            assertFails(chain.verify(kept, stranger.consistency(3)), "is not signed by host key");
            for (String note : List.of("", "\n", kept.substring(1), kept + "x", "x".repeat(1 << 20))) {
                assertThat(chain.verify(note, proof).isGood()).isFalse();
                assertThat(chain.verify(kept, new ConsistencyProof(note, proof.path(), proof.head()))
                                .isGood())
                        .isFalse();
            }
            for (int i = 0; i < proof.path().size(); i++) {
                List<String> cut = new ArrayList<>(proof.path());
                cut.remove(i);
                assertThat(chain.verify(kept, new ConsistencyProof(proof.earlier(), cut, proof.head()))
                                .isGood())
                        .isFalse();
            }
            for (List<String> path : List.of(List.<String>of(), List.of("?"), List.of("\n"), List.of("A".repeat(44)))) {
                assertThat(chain.verify(kept, new ConsistencyProof(proof.earlier(), path, proof.head()))
                                .isGood())
                        .isFalse();
            }
            ChainHead head = proof.head();
            for (ChainHead wrong : List.of(
                    new ChainHead(8, head.root(), head.keyId(), head.checkpoint()),
                    new ChainHead(7, "00", head.keyId(), head.checkpoint()),
                    new ChainHead(7, head.root(), "?", head.checkpoint()),
                    new ChainHead(7, head.root(), stranger.head().keyId(), head.checkpoint()))) {
                assertThat(chain.verify(kept, new ConsistencyProof(proof.earlier(), proof.path(), wrong))
                                .isGood())
                        .isFalse();
            }
        }
    }

    private static void append(ProofChain chain, String request) {
        long size = chain.head().size();
        assertThat(chain.append(TestingChain.network(request, "job-" + request, Optional.empty()))
                        .index())
                .isEqualTo(size);
    }

    private static BundlePolicy policy(ProofChain chain) {
        return new BundlePolicy(Set.of(chain.head().keyId()), Set.of(), Set.of(), Set.of(), true, Optional.empty());
    }

    private static void assertFails(LinkVerdict verdict, String reason) {
        assertThat(verdict.link()).isEqualTo("consistency");
        assertThat(verdict.state()).isEqualTo(LinkVerdict.State.FAILS);
        assertThat(verdict.reason()).contains(reason);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
