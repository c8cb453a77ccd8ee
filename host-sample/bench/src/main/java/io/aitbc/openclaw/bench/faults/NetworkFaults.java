package io.aitbc.openclaw.bench.faults;

import static io.aitbc.openclaw.bench.faults.Stage.AITBC;
import static io.aitbc.openclaw.bench.faults.Stage.NETWORK;
import static io.aitbc.openclaw.bench.faults.Stage.OLLAMA;

import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.devnet.Quirk;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a miner, a coordinator and a payment can do wrong. */
final class NetworkFaults {
    private NetworkFaults() {}

    static List<Fault> all() {
        return List.of(
                elsewhere("miner-dead", "No miner takes the job", Money.RETURNED, Quirk.JOB_NEVER_READY),
                elsewhere("miner-hangs", "The miner takes the job and hangs", Money.RETURNED, Quirk.MINER_HANGS),
                elsewhere(
                        "miner-crashes",
                        "The miner dies while it computes",
                        Money.RETURNED,
                        Quirk.MINER_CRASHES_MIDWAY),
                elsewhere(
                        "miner-fails-paid",
                        "The job fails, is called COMPLETED and paid",
                        Money.PAID_ONCE,
                        Quirk.FAILED_AS_COMPLETED),
                elsewhere(
                        "model-substituted",
                        "The miner answers with another model",
                        Money.PAID_ONCE,
                        Quirk.MODEL_SUBSTITUTED),
                elsewhere(
                        "receipt-forged",
                        "The receipt's signature does not hold",
                        Money.PAID_ONCE,
                        Quirk.WRONG_SIGNATURE),
                elsewhere(
                        "receipt-stranger",
                        "The receipt is signed by a key nobody trusts",
                        Money.PAID_ONCE,
                        Quirk.WRONG_KEY),
                elsewhere(
                        "result-tampered",
                        "The result is not the one of the receipt",
                        Money.PAID_ONCE,
                        Quirk.TAMPERED_RESULT),
                elsewhere(
                        "receipt-replayed",
                        "The receipt is the one of an earlier job",
                        Money.PAID_ONCE,
                        Quirk.REPLAYED_RECEIPT),
                elsewhere(
                        "payment-skipped",
                        "The coordinator does not take the payment",
                        Money.RETURNED,
                        Quirk.PAYMENT_SKIPPED),
                elsewhere(
                        "payment-pending",
                        "The chain cannot be reached, the payment stays pending",
                        Money.RETURNED,
                        Quirk.PAYMENT_PENDING),
                elsewhere("coordinator-500", "The coordinator fails every request", Money.COUNTED, Quirk.HTTP_500),
                elsewhere(
                        "coordinator-503", "A proxy says that the coordinator is away", Money.COUNTED, Quirk.HTTP_503),
                elsewhere(
                        "coordinator-resets",
                        "The coordinator resets every connection",
                        Money.COUNTED,
                        Quirk.CONNECTION_RESET),
                elsewhere(
                        "coordinator-garbage",
                        "The coordinator's answers are no JSON",
                        Money.COUNTED,
                        Quirk.MALFORMED_JSON),
                answered("submit-lost", "The job is created, the answer to it is lost", Quirk.LOST_POST),
                answered("submit-500", "The job is created, the answer to it is 500", Quirk.ERROR_AFTER_COMMIT),
                answered("duplicate-result", "A second result is posted after the first", Quirk.DUPLICATE_RESULT),
                answered("status-forged", "zk_status claims a proof that nobody made", Quirk.TAMPERED_ZK_STATUS),
                answered("no-receipts", "The coordinator has no signing key", Quirk.NO_SIGNING_KEY),
                answered("market-down", "The marketplace cannot be reached", Quirk.MARKETPLACE_DOWN),
                pinned(
                        "miner-hangs-pinned",
                        "The miner the client named hangs",
                        504,
                        "not done within",
                        Money.RETURNED,
                        Quirk.MINER_HANGS),
                pinned(
                        "miner-fails-pinned",
                        "The job of the miner the client named fails and is paid",
                        500,
                        "reported a failure",
                        Money.PAID_ONCE,
                        Quirk.FAILED_AS_COMPLETED),
                pinned(
                        "receipt-forged-pinned",
                        "Its receipt's signature does not hold",
                        502,
                        "receipt",
                        Money.PAID_ONCE,
                        Quirk.WRONG_SIGNATURE),
                pinned(
                        "miner-foreign-pinned",
                        "Another miner than the one the client named reports",
                        502,
                        "its miner is devnet-miner-1-other",
                        Money.PAID_ONCE,
                        Quirk.FOREIGN_PROVIDER),
                new Fault(
                        "client-leaves-job",
                        "The client leaves while a miner works",
                        new Outcome.Stopped("the job is canceled within 1 s"),
                        Money.RETURNED,
                        NetworkFaults::clientLeaves),
                new Fault(
                        "late-result",
                        "A canceled job is computed and paid nevertheless",
                        new Outcome.Stopped("the client has left; nobody gets the answer"),
                        Money.RETURNED,
                        NetworkFaults::clientLeavesAndTheJobGoesOn),
                // The last one: the host stays away for the minute it is told to.
                elsewhere("coordinator-429", "The coordinator limits the rate", Money.NONE, Quirk.RATE_LIMITED));
    }

    static Fault elsewhere(String id, String fault, Money money, Quirk quirk) {
        return new Fault(
                id,
                fault,
                new Outcome.Answered(OLLAMA),
                money,
                stage -> stage.network(quirk).ask(NETWORK));
    }

    static Fault answered(String id, String fault, Quirk quirk) {
        return new Fault(
                id,
                fault,
                new Outcome.Answered(AITBC),
                Money.PAID_ONCE,
                stage -> stage.network(quirk).ask(NETWORK));
    }

    static Fault pinned(String id, String fault, int status, String part, Money money, Quirk quirk) {
        return new Fault(
                id,
                fault,
                new Outcome.Refused(status, part),
                money,
                stage -> stage.network(quirk).ask(stage.pinned()));
    }

    private static Reply clientLeaves(Stage stage) throws Exception {
        return leave(stage.network(Quirk.MINER_HANGS));
    }

    private static Reply clientLeavesAndTheJobGoesOn(Stage stage) throws Exception {
        return leave(stage.network(Quirk.LATE_RESULT_AFTER_CANCEL, Quirk.JOB_NEVER_READY));
    }

    /** The client gives up before it sees anything; its reservation has to come back within a second. */
    static Reply leave(Stage stage) throws Exception {
        Set<String> before =
                stage.payments().stream().map(PaymentRecord::reference).collect(Collectors.toSet());
        stage.client().chatAndGiveUp(stage.pinned(), Duration.ofMillis(400));
        long start = System.nanoTime();
        boolean stopped = Stage.await(
                () -> stage.payments().stream()
                        .filter(payment -> !before.contains(payment.reference()))
                        .anyMatch(payment -> payment.state() == PaymentRecord.State.RELEASED),
                Duration.ofSeconds(1));
        return Reply.left(stopped, Duration.ofNanos(System.nanoTime() - start));
    }
}
