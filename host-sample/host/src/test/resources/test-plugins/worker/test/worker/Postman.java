package test.worker;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Writes down what arrives; the test waits with it at the gate. */
final class Postman implements OutboxHandler {
    private final PluginContext context;
    private final Diary diary;

    Postman(PluginContext context) {
        this.context = context;
        diary = new Diary(context);
    }

    @Override
    public String id() {
        return "post";
    }

    @Override
    public Delivery deliver(OutboxMessage message) {
        diary.line("begin " + message.key() + " " + message.attempts());
        if (message.payload().equals("hang") && message.attempts() == 0) {
            hang();
        }
        if (message.payload().equals("gate")) {
            context.extensions()
                    .byId(ProofVerifier.class, "gate")
                    .ifPresent(gate -> gate.verify(new Evidence("gate", "{}", Set.of())));
        }
        diary.line("arrived " + message.key());
        return new Delivery.Delivered("by " + context.pluginVersion());
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted");
        }
    }
}
