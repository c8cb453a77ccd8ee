package io.aitbc.openclaw.zk.proving;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.ProofGenerator;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.api.proof.ProofJob;
import io.aitbc.openclaw.api.proof.ProofRequest;
import io.aitbc.openclaw.api.proof.ProvableCircuit;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.circuits.ProvingCircuit;
import io.aitbc.openclaw.zk.receiptchain.ReceiptChainReading;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes proofs one after the other, on a thread of its own that is there only while there is work. */
public final class QueuedProofGenerator implements ProofGenerator {
    private static final Duration IDLE = Duration.ofSeconds(10);

    /** How long what runs may take to notice that it is to stop. */
    private static final Duration STOPPING = Duration.ofSeconds(1);

    private final Supplier<List<ProvingCircuit>> circuits;
    private final ProvingSettings settings;
    private final ProofMaker maker;
    private final ScheduledExecutorService clock;
    private final ThreadPoolExecutor worker;
    private final Set<QueuedProof> unfinished = ConcurrentHashMap.newKeySet();

    /**
     * With the prover that the settings name.
     *
     * @param circuits asked when they are first needed, and each time
     * @param clock interrupts proofs that take too long
     */
    public QueuedProofGenerator(
            Supplier<List<ProvingCircuit>> circuits,
            ProvingSettings settings,
            SecureRandom random,
            AnswerInputs answers,
            ScheduledExecutorService clock) {
        this(circuits, settings, settings.prover(random), answers, clock);
    }

    QueuedProofGenerator(
            Supplier<List<ProvingCircuit>> circuits,
            ProvingSettings settings,
            Prover prover,
            AnswerInputs answers,
            ScheduledExecutorService clock) {
        this.circuits = circuits;
        this.settings = settings;
        this.clock = clock;
        maker = new ProofMaker(prover, answers);
        worker = new ThreadPoolExecutor(
                1,
                1,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(settings.queue()),
                Thread.ofPlatform().daemon().name("zk-prover").factory());
        worker.allowCoreThreadTimeOut(true);
    }

    @Override
    public String id() {
        return "zk";
    }

    @Override
    public List<ProvableCircuit> circuits() {
        return circuits.get().stream().map(ProvingCircuit::description).toList();
    }

    @Override
    public ProofJob submit(ProofRequest request) {
        ProvingCircuit circuit = circuit(request.circuit());
        check(circuit, request.input());
        Duration limit = request.timeLimit()
                .filter(wanted -> wanted.compareTo(settings.timeLimit()) < 0)
                .orElse(settings.timeLimit());
        QueuedProof proof = new QueuedProof(circuit, request.input(), limit, maker, clock);
        unfinished.removeIf(known -> known.progress().state().isEnd());
        worker.getQueue()
                .removeIf(waiting -> waiting instanceof QueuedProof it
                        && it.progress().state().isEnd());
        unfinished.add(proof);
        try {
            worker.execute(proof);
        } catch (RejectedExecutionException e) {
            unfinished.remove(proof);
            throw worker.isShutdown()
                    ? new OpenClawException(ErrorCode.PLUGIN_UNAVAILABLE, "The proof generator is being closed", e)
                    : new OpenClawException(
                            ErrorCode.OVERLOADED,
                            "One proof is being made and %d wait, more than that are not taken: try again later"
                                    .formatted(settings.queue()),
                            e);
        }
        return proof;
    }

    private ProvingCircuit circuit(String name) {
        Map<String, ProvingCircuit> known =
                circuits.get().stream().collect(Collectors.toMap(ProvingCircuit::name, Function.identity()));
        ProvingCircuit circuit = known.get(name);
        if (circuit == null) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    known.isEmpty()
                            ? "There is no circuit that proofs can be made of: name a bundle under plugins.zk.circuits"
                            : "No such circuit; proofs can be made of %s"
                                    .formatted(known.keySet().stream().sorted().collect(Collectors.joining(", "))));
        }
        return circuit;
    }

    private static void check(ProvingCircuit circuit, ProofInput input) {
        if (input instanceof ProofInput.Answer && !circuit.name().equals(ReceiptChainReading.CIRCUIT)) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "Circuit %s is not about an answer: give it inputs, or take circuit %s"
                            .formatted(circuit.name(), ReceiptChainReading.CIRCUIT));
        }
        if (!(input instanceof ProofInput.Signals signals)) {
            return;
        }
        if (circuit.program().isEmpty()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "Circuit %s has no witness program here: give it a witness (.wtns) that was computed elsewhere"
                            .formatted(circuit.name()));
        }
        signals.values().forEach((name, values) -> {
            if (values.stream().anyMatch(value -> value.abs().compareTo(Fr.ORDER) >= 0)) {
                throw new OpenClawException(
                        ErrorCode.INVALID_REQUEST,
                        "Input '%s' has a number that is not below the prime of the circuit".formatted(shown(name)));
            }
        });
    }

    private static String shown(String name) {
        String visible = name.replaceAll("[^\\x20-\\x7e]", "?");
        return visible.length() <= 40 ? visible : visible.substring(0, 40) + "...";
    }

    @Override
    public void close() {
        worker.shutdown();
        unfinished.forEach(proof -> proof.stop(
                new OpenClawException(ErrorCode.PLUGIN_UNAVAILABLE, "The proof generator was closed; try again")));
        try {
            boolean _ = worker.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
