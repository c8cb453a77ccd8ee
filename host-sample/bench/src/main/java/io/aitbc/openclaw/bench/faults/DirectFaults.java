package io.aitbc.openclaw.bench.faults;

import static io.aitbc.openclaw.bench.faults.NetworkFaults.answered;
import static io.aitbc.openclaw.bench.faults.NetworkFaults.elsewhere;
import static io.aitbc.openclaw.bench.faults.NetworkFaults.pinned;
import static io.aitbc.openclaw.bench.faults.Stage.NETWORK;

import io.aitbc.openclaw.devnet.Quirk;
import java.util.List;

/** What the public endpoint of a miner can do wrong, and the chain that holds the escrow for its answer. */
final class DirectFaults {
    private DirectFaults() {}

    static List<Fault> all() {
        return List.of(
                elsewhere(
                        "direct-redirects",
                        "The endpoint redirects to a link-local address",
                        Money.RETURNED,
                        Quirk.ENDPOINT_REDIRECTS),
                elsewhere("direct-hangs", "The endpoint does not answer", Money.RETURNED, Quirk.ENDPOINT_HANGS),
                elsewhere(
                        "direct-lies", "The endpoint answers with another model", Money.RETURNED, Quirk.ENDPOINT_LIES),
                cutOff(
                        "direct-cut",
                        "The endpoint dies within its answer",
                        "broke within its answer",
                        Quirk.ENDPOINT_CUT),
                cutOff(
                        "direct-endless",
                        "The endpoint streams without an end",
                        "did not finish its answer within",
                        Quirk.ENDPOINT_ENDLESS),
                pinned(
                        "direct-hangs-pinned",
                        "The endpoint of the miner the client named does not answer",
                        504,
                        "gave no answer within",
                        Money.RETURNED,
                        Quirk.ENDPOINT_HANGS),
                pinned(
                        "direct-lies-pinned",
                        "The endpoint of the miner the client named answers with another model",
                        502,
                        "answered with somebody-else:70b",
                        Money.RETURNED,
                        Quirk.ENDPOINT_LIES),
                new Fault(
                        "client-leaves-direct",
                        "The client leaves while the endpoint is silent",
                        new Outcome.Stopped("the escrow is refunded within 1 s"),
                        Money.RETURNED,
                        stage -> NetworkFaults.leave(stage.network(Quirk.ENDPOINT_HANGS))),
                answered("direct-without-coordinator", "The coordinator fails every request", Quirk.HTTP_500),
                elsewhere(
                        "direct-chain-down",
                        "The chain node is away when the escrow is to be made",
                        Money.COUNTED,
                        Quirk.CHAIN_DOWN));
    }

    private static Fault cutOff(String id, String fault, String part, Quirk quirk) {
        return new Fault(
                id,
                fault,
                new Outcome.CutOff(part),
                Money.RETURNED,
                stage -> stage.network(quirk).ask(NETWORK));
    }
}
