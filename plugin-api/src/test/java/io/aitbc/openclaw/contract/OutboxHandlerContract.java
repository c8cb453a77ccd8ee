package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.api.outbox.Delivery;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link OutboxHandler} does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class OutboxHandlerContract {
    private OutboxHandler handler;

    /** A handler whose receiver can be reached and has nothing yet; the contract closes it. */
    protected abstract OutboxHandler createHandler();

    /** The payload of a message that can be delivered. */
    protected abstract String payload();

    /** What the receiver holds for messages with this payload: how often it arrived. */
    protected abstract int arrivals(String payload);

    /** The receiver does not answer until {@link #restoreReceiver}. */
    protected abstract void cutReceiver();

    protected abstract void restoreReceiver();

    /** The receiver does what it is asked next, and its answer is lost. */
    protected abstract void loseNextAnswer();

    /** The receiver holds something that contradicts this payload. */
    protected abstract void contradict(String payload);

    @BeforeEach
    void createSubject() {
        handler = createHandler();
    }

    @AfterEach
    void closeSubject() {
        handler.close();
    }

    private OutboxMessage message(String payload, int attempts) {
        return new OutboxMessage(1, handler.id(), "lane", "key", payload, State.WAITING, attempts, Instant.EPOCH, "");
    }

    @Test
    void contract_id_is_a_lower_case_name() {
        assertThat(handler.id()).matches("[a-z][a-z0-9._-]*");
    }

    @Test
    void contract_a_message_arrives() {
        assertThat(handler.deliver(message(payload(), 0))).isInstanceOf(Delivery.Delivered.class);
        assertThat(arrivals(payload())).isEqualTo(1);
    }

    @Test
    void contract_a_message_that_arrived_is_not_delivered_again() {
        Delivery _ = handler.deliver(message(payload(), 0));
        assertThat(handler.deliver(message(payload(), 1))).isInstanceOf(Delivery.Delivered.class);
        assertThat(arrivals(payload())).isEqualTo(1);
    }

    @Test
    void contract_a_message_whose_answer_was_lost_arrives_once() {
        loseNextAnswer();
        Delivery first = attempt(message(payload(), 0));
        assertThat(first).isNotInstanceOf(Delivery.Conflict.class);
        if (first instanceof Delivery.Later) {
            assertThat(handler.deliver(message(payload(), 1))).isInstanceOf(Delivery.Delivered.class);
        }
        assertThat(arrivals(payload())).isEqualTo(1);
    }

    @Test
    void contract_a_receiver_that_is_away_means_later() {
        cutReceiver();
        assertThat(attempt(message(payload(), 0))).isInstanceOf(Delivery.Later.class);
        restoreReceiver();
        assertThat(arrivals(payload())).isZero();
        assertThat(handler.deliver(message(payload(), 1))).isInstanceOf(Delivery.Delivered.class);
        assertThat(arrivals(payload())).isEqualTo(1);
    }

    @Test
    void contract_a_contradiction_is_told_and_overwrites_nothing() {
        contradict(payload());
        int before = arrivals(payload());
        Delivery delivery = handler.deliver(message(payload(), 1));
        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Conflict.class,
                        it -> assertThat(it.reason()).isNotBlank().doesNotContain("\n"));
        assertThat(arrivals(payload())).isEqualTo(before);
    }

    @Test
    void contract_what_is_no_message_of_this_topic_never_counts_as_delivered() {
        for (String payload : List.of("", "{}", "[]", "null", "7", "{\"a\":", "\"", "[".repeat(10_000))) {
            assertThat(attempt(message(payload, 0))).as(payload).isNotInstanceOf(Delivery.Delivered.class);
        }
    }

    /** An exception counts as later. */
    private Delivery attempt(OutboxMessage message) {
        try {
            return handler.deliver(message);
        } catch (OpenClawException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return new Delivery.Later(e.getMessage(), java.util.Optional.empty());
        }
    }
}
