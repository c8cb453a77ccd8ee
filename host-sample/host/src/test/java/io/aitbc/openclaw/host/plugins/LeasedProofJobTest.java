package io.aitbc.openclaw.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofProgress;
import io.aitbc.openclaw.api.proof.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Proofs that outlive the call that asked for them. */
@Timeout(30)
class LeasedProofJobTest {
    private static final GeneratedProof PROOF = new GeneratedProof(
            new Statement("sums", List.of("6")),
            Evidence.GROTH16,
            "{}",
            "0".repeat(64),
            true,
            List.of("anything else"),
            "a test",
            Duration.ofMillis(1));

    private final Generation generation = new Generation("prover", 1, null, Map.of());
    private final Source source = new Source();

    /** A job of a plugin. */
    private static final class Source implements ProofJob {
        private final CountDownLatch end = new CountDownLatch(1);
        private volatile boolean canceled;
        private volatile boolean deaf;

        @Override
        public String id() {
            return "proof-1";
        }

        @Override
        public String circuit() {
            return "sums";
        }

        @Override
        public ProofProgress progress() {
            return new ProofProgress(ProofProgress.State.PROVING, 30);
        }

        @Override
        public GeneratedProof result() {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new OpenClawException(ErrorCode.CANCELED, "interrupted", e);
            }
            if (canceled) {
                throw new OpenClawException(ErrorCode.CANCELED, "canceled");
            }
            return PROOF;
        }

        @Override
        public void cancel() {
            if (!deaf) {
                canceled = true;
                end.countDown();
            }
        }
    }

    private LeasedProofJob start() {
        assertThat(generation.tryAcquire()).isTrue();
        LeasedProofJob job = LeasedProofJob.follow(generation, source);
        generation.release();
        return job;
    }

    private CompletableFuture<Boolean> drain(Duration limit) {
        CompletableFuture<Boolean> drained = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> drained.complete(generation.drain(limit)));
        return drained;
    }

    @Test
    void generation_is_kept_until_the_proof_is_made_and_the_proof_for_longer() {
        LeasedProofJob job = start();
        CompletableFuture<Boolean> drained = drain(Duration.ofSeconds(20));
        assertThat(job.progress()).isEqualTo(new ProofProgress(ProofProgress.State.PROVING, 30));
        assertThat(generation.running()).isEqualTo(1);
        assertThat(drained).isNotDone();
        source.end.countDown();
        assertThat(drained.join()).isTrue();
        assertThat(job.result()).isEqualTo(PROOF);
        assertThat(job.progress()).isEqualTo(new ProofProgress(ProofProgress.State.DONE, 100));
        assertThat(generation.running()).isZero();
        job.cancel();
        assertThat(source.canceled).isFalse();
    }

    @Test
    void canceled_proof_frees_its_generation() {
        LeasedProofJob job = start();
        job.cancel();
        assertThat(failure(job).code()).isEqualTo(ErrorCode.CANCELED);
        assertThat(job.progress().state()).isEqualTo(ProofProgress.State.CANCELED);
        assertThat(drain(Duration.ofSeconds(20)).join()).isTrue();
    }

    @Test
    void proof_is_stopped_when_its_generation_cannot_wait() {
        LeasedProofJob job = start();
        assertThat(job.progress().percent()).isEqualTo(30);
        assertThat(drain(Duration.ofMillis(1)).join()).isTrue();
        assertThat(source.canceled).isTrue();
        assertThat(failure(job).code()).isEqualTo(ErrorCode.PLUGIN_UNAVAILABLE);
        assertThat(job.progress()).isEqualTo(new ProofProgress(ProofProgress.State.FAILED, 30));
    }

    @Test
    void plugin_that_ignores_cancel_does_not_keep_those_who_wait() {
        source.deaf = true;
        LeasedProofJob job = start();
        assertThat(drain(Duration.ofMillis(1)).join()).isTrue();
        assertThat(failure(job).code()).isEqualTo(ErrorCode.PLUGIN_UNAVAILABLE);
    }

    private static OpenClawException failure(ProofJob job) {
        return catchThrowableOfType(OpenClawException.class, job::result);
    }
}
