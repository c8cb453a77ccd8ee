package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.JobRecord;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.FailurePlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One direct answer from its escrow, if it is paid for, to its last line. Runs on its own thread. */
public final class DirectRun implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DirectRun.class);

    /**
     * What all runs of a provider share.
     *
     * @param payments absent: only free offers are used
     * @param failed is told of endpoints that did not answer well
     */
    public record Tools(
            String network,
            DirectHttp http,
            Optional<DirectPayments> payments,
            ScheduledExecutorService timer,
            Consumer<DirectEndpoint> failed) {}

    private final DirectOrder order;
    private final Tools tools;
    private final CallScope scope;
    private final CallScope cleanup;
    private final AnswerSink sink;

    /** @param cleanup the scope of what happens after the answer or its failure; never canceled by the consumer */
    public DirectRun(DirectOrder order, Tools tools, CallScope scope, CallScope cleanup, AnswerSink sink) {
        this.order = order;
        this.tools = tools;
        this.scope = scope;
        this.cleanup = cleanup;
        this.sink = sink;
    }

    @Override
    public void run() {
        if (!open()) {
            return;
        }
        try {
            sink.state("RUNNING");
            DirectExchange exchange = new DirectExchange(tools.http(), order.endpoint(), order.question(), sink, scope);
            finish(exchange.ask(tools.timer()));
        } catch (OpenClawException e) {
            failed(e);
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("reference", order.reference())
                    .setCause(FailurePlace.of(e))
                    .log("direct answer is defective");
            failed(new OpenClawException(ErrorCode.INTERNAL, "The direct answer could not be handled; see the log"));
        }
    }

    private boolean open() {
        try {
            paid().ifPresent(payments -> payments.require(order, scope));
            // Not in the consumer's scope: an escrow that is cut off while it is made would be in doubt.
            paid().ifPresent(payments -> payments.open(order, cleanup));
            return true;
        } catch (OpenClawException e) {
            sink.fail(e);
            return false;
        }
    }

    private Optional<DirectPayments> paid() {
        return order.free() ? Optional.empty() : tools.payments();
    }

    private void failed(OpenClawException reason) {
        if (reason.code() != ErrorCode.CANCELED) {
            tools.failed().accept(order.endpoint());
        }
        sink.fail(reason);
        log.atInfo()
                .addKeyValue("reference", order.reference())
                .addKeyValue("endpoint", order.endpoint())
                .addKeyValue("code", reason.code())
                .log("direct answer failed");
        // The thread of a plugin that is being unloaded is interrupted; cleaning up needs it for a little longer.
        boolean interrupted = Thread.interrupted();
        String why = reason.code() == ErrorCode.CANCELED ? "canceled" : reason.getMessage();
        paid().ifPresent(payments -> payments.takeBack(order.reference(), order.price(), why, cleanup));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void finish(DirectExchange.Whole whole) {
        DirectPayments.Bill bill =
                paid().map(payments -> payments.whole(order, cleanup)).orElseGet(DirectPayments::nothing);
        sink.add(new InferenceEvent.Finished(
                whole.last().reason(),
                whole.last().usage(),
                whole.last().context(),
                Optional.of(record(whole, bill)),
                Optional.empty()));
        log.atInfo()
                .addKeyValue("reference", order.reference())
                .addKeyValue("endpoint", order.endpoint())
                .addKeyValue("cost", bill.cost())
                .log("direct answer done");
    }

    private JobRecord record(DirectExchange.Whole whole, DirectPayments.Bill bill) {
        List<String> notProven = new ArrayList<>();
        notProven.add("anything about this answer: it came from the provider's own endpoint, and nobody signed for it");
        notProven.add(
                whole.modelNamed()
                        ? "which model computed it: the endpoint only repeats the name it was asked for"
                        : "which model answered: the endpoint does not name it");
        notProven.add(
                "that this provider answered: the endpoint is the one an offer names, and anybody can publish any");
        if (!order.free()) {
            notProven.add(
                    "that coins of this wallet were paid: an escrow of this chain locks none, the operator's key pays out");
        }
        bill.remark().ifPresent(notProven::add);
        if (!order.ignored().isEmpty()) {
            notProven.add("that these options had an effect, because they are not sent to strangers: "
                    + String.join(", ", order.ignored()));
        }
        return new JobRecord(
                tools.network(),
                "direct",
                order.reference(),
                order.miner(),
                whole.last().model(),
                bill.cost(),
                Optional.empty(),
                Optional.empty(),
                AssuranceLevel.NONE,
                notProven,
                Map.of());
    }
}
