package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.GeneratedProof;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofProgress;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.api.proof.ProvableCircuit;
import io.aitbc.openclaw.api.proof.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes proofs and makes them when the test says so. */
final class ScriptedProofGenerator implements ProofGenerator {
    private final List<ProofRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private volatile boolean full;

    List<ProofRequest> requests() {
        return requests;
    }

    Job last() {
        return jobs.getLast();
    }

    void fill() {
        full = true;
    }

    @Override
    public String id() {
        return "scripted";
    }

    @Override
    public List<ProvableCircuit> circuits() {
        return List.of(new ProvableCircuit(
                "sums", "three numbers", List.of("product", "sum"), "0".repeat(64), true, "made by a test", true));
    }

    @Override
    public ProofJob submit(ProofRequest request) {
        if (full) {
            throw new OpenClawException(ErrorCode.OVERLOADED, "the queue is full");
        }
        if (!request.circuit().equals("sums")) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "No such circuit");
        }
        requests.add(request);
        Job job = new Job("proof-" + requests.size());
        jobs.add(job);
        return job;
    }

    static final class Job implements ProofJob {
        private final String id;
        private final CompletableFuture<GeneratedProof> result = new CompletableFuture<>();
        private volatile ProofProgress progress = new ProofProgress(ProofProgress.State.QUEUED, 0);

        Job(String id) {
            this.id = id;
        }

        void reach(ProofProgress.State state, int percent) {
            progress = new ProofProgress(state, percent);
        }

        void make() {
            GeneratedProof proof = new GeneratedProof(
                    new Statement("sums", List.of("6", "7")),
                    Evidence.GROTH16,
                    "{\"pi_a\":[]}",
                    "0".repeat(64),
                    true,
                    List.of("that the sky is blue"),
                    "this host",
                    Duration.ofMillis(12));
            result.complete(proof);
            reach(ProofProgress.State.DONE, 100);
        }

        void fail(ErrorCode code, String message) {
            result.completeExceptionally(new OpenClawException(code, message));
            reach(code == ErrorCode.CANCELED ? ProofProgress.State.CANCELED : ProofProgress.State.FAILED, 40);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String circuit() {
            return "sums";
        }

        @Override
        public ProofProgress progress() {
            return progress;
        }

        @Override
        public GeneratedProof result() {
            try {
                return result.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof OpenClawException known ? known : e;
            }
        }

        @Override
        public void cancel() {
            if (!progress.state().isEnd()) {
                fail(ErrorCode.CANCELED, "canceled");
            }
        }
    }
}
