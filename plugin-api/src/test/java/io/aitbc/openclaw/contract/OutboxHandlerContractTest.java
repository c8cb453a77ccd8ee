package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import java.util.ArrayList;
import java.util.List;

/** The contract holds for the simplest handler that keeps it: a receiver that repeats nothing, looked at before a repetition. */
class OutboxHandlerContractTest extends OutboxHandlerContract {
    private static final String PAYLOAD = "{\"letter\":1}";

    private final List<String> letters = new ArrayList<>();
    private boolean away;
    private boolean loses;

    @Override
    protected OutboxHandler createHandler() {
        return new OutboxHandler() {
            @Override
            public String id() {
                return "letters";
            }

            @Override
            public Delivery deliver(OutboxMessage message) {
                if (away) {
                    throw new OpenClawException(ErrorCode.UNREACHABLE, "The receiver is away");
                }
                if (!message.payload().equals(PAYLOAD)) {
                    return new Delivery.Conflict("is no letter");
                }
                if (letters.contains("{\"letter\":2}")) {
                    return new Delivery.Conflict("the receiver has another letter");
                }
                if (message.attempts() == 0 || !letters.contains(message.payload())) {
                    letters.add(message.payload());
                }
                if (loses) {
                    loses = false;
                    throw new OpenClawException(ErrorCode.STREAM_CUT, "The answer was lost");
                }
                return new Delivery.Delivered("");
            }
        };
    }

    @Override
    protected String payload() {
        return PAYLOAD;
    }

    @Override
    protected int arrivals(String payload) {
        return (int) letters.stream().filter(payload::equals).count();
    }

    @Override
    protected void cutReceiver() {
        away = true;
    }

    @Override
    protected void restoreReceiver() {
        away = false;
    }

    @Override
    protected void loseNextAnswer() {
        loses = true;
    }

    @Override
    protected void contradict(String payload) {
        letters.add("{\"letter\":2}");
    }
}
