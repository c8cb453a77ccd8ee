package io.aitbc.openclaw.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.Outbox;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.api.outbox.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Outbox} does. */
public abstract class OutboxContract {
    private static final String TOPIC = "scripted";

    private final ScriptedHandler handler = new ScriptedHandler(TOPIC);
    private Outbox outbox;

    /** A new outbox that hands messages to this handler when {@link #offer} is called, and not before. */
    protected abstract Outbox createOutbox(ScriptedHandler handler);

    /** Offers all that waits, whatever pause it is in, and returns when nothing can be delivered any more. */
    protected abstract void offer();

    @BeforeEach
    void createSubject() {
        outbox = createOutbox(handler);
    }

    private OutboxMessage add(String lane, String key) {
        return outbox.add(TOPIC, lane, key, "{\"of\":\"" + key + "\"}");
    }

    private OutboxMessage find(String key) {
        return outbox.find(TOPIC, key).orElseThrow();
    }

    @Test
    void contract_what_was_added_is_found_as_it_was() {
        OutboxMessage added = outbox.add(TOPIC, "job 7", "result/7", "Grüße 🦊 \"quoted\"\n");
        assertThat(added.topic()).isEqualTo(TOPIC);
        assertThat(added.lane()).isEqualTo("job 7");
        assertThat(added.key()).isEqualTo("result/7");
        assertThat(added.payload()).isEqualTo("Grüße 🦊 \"quoted\"\n");
        assertThat(added.state()).isEqualTo(State.WAITING);
        assertThat(added.attempts()).isZero();
        assertThat(added.note()).isEmpty();
        assertThat(outbox.find(TOPIC, "result/7")).contains(added);
        assertThat(outbox.find(TOPIC, "absent")).isEmpty();
        assertThat(outbox.find("other", "result/7")).isEmpty();
    }

    @Test
    void contract_adding_the_same_again_changes_nothing() {
        OutboxMessage first = add("a", "1");
        assertThat(add("a", "1")).isEqualTo(first);
        offer();
        assertThat(add("a", "1").state()).isEqualTo(State.DELIVERED);
        offer();
        assertThat(handler.begun()).containsExactly("1#0");
    }

    @Test
    void contract_a_key_is_taken_by_its_first_message() {
        OutboxMessage first = add("a", "1");
        Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> outbox.add(TOPIC, "a", "1", "something else"));
        Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> outbox.add(TOPIC, "b", "1", first.payload()));
        assertThat(find("1")).isEqualTo(first);
        assertThat(outbox.add("other", "b", "1", "something else").sequence()).isGreaterThan(first.sequence());
    }

    @Test
    void contract_sequences_grow() {
        assertThat(Stream.of("1", "2", "3").map(key -> add("lane" + key, key).sequence()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void contract_what_is_no_name_or_too_long_is_refused() {
        String longest = "x".repeat(Outbox.LONGEST_NAME);
        assertThat(outbox.add(longest, longest, longest, "").state()).isEqualTo(State.WAITING);
        for (String wrong : List.of("", longest + "x", "two\nlines", "half \ud83e")) {
            Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> outbox.add(wrong, "a", "1", "{}"));
            Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> outbox.add(TOPIC, wrong, "1", "{}"));
            Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> outbox.add(TOPIC, "a", wrong, "{}"));
        }
        String tooLong = "x".repeat(Outbox.LONGEST_PAYLOAD + 1);
        for (String wrong : List.of(tooLong, "nul \u0000", "half \ud83e")) {
            Failures.assertFails(ErrorCode.INVALID_REQUEST, () -> outbox.add(TOPIC, "a", "1", wrong));
        }
        assertThat(outbox.find(TOPIC, "1")).isEmpty();
    }

    @Test
    void contract_messages_of_a_lane_arrive_in_order() {
        List<String> keys =
                Stream.iterate(0, i -> i + 1).limit(100).map(String::valueOf).toList();
        keys.forEach(key -> add("a", key));
        offer();
        assertThat(handler.arrived()).containsExactlyElementsOf(keys);
        assertThat(find("99").state()).isEqualTo(State.DELIVERED);
        assertThat(find("99").note()).isEqualTo("arrived");
    }

    @Test
    void contract_what_does_not_arrive_is_tried_again_before_what_comes_after_it() {
        handler.then("1", new Delivery.Later("not now", Optional.empty()));
        handler.then("1", new Delivery.Later("wait", Optional.of(Duration.ofSeconds(30))));
        add("a", "1");
        add("a", "2");
        add("b", "3");
        for (int i = 0; i < 3; i++) {
            offer();
        }
        assertThat(handler.arrived()).containsExactlyInAnyOrder("1", "2", "3").containsSubsequence("1", "2");
        assertThat(handler.begun()).contains("1#0", "1#1", "1#2", "2#0", "3#0").hasSize(5);
        assertThat(find("1").attempts()).isEqualTo(3);
    }

    @Test
    void contract_whatever_a_handler_throws_means_later() {
        handler.thenThrows("1");
        add("a", "1");
        offer();
        offer();
        assertThat(handler.arrived()).containsExactly("1");
        assertThat(handler.begun()).containsExactly("1#0", "1#1");
    }

    @Test
    void contract_a_conflict_stops_its_lane_only() {
        handler.then("1", new Delivery.Conflict("they have another one"));
        add("a", "1");
        add("a", "2");
        add("b", "3");
        offer();
        offer();
        assertThat(handler.begun()).containsExactlyInAnyOrder("1#0", "3#0");
        assertThat(find("1").state()).isEqualTo(State.CONFLICT);
        assertThat(find("1").note()).isEqualTo("they have another one");
        assertThat(find("2").state()).isEqualTo(State.WAITING);
    }

    @Test
    void contract_lanes_of_two_topics_are_two_lanes() {
        handler.then("1", new Delivery.Conflict("no"));
        add("a", "1");
        outbox.add("unhandled", "a", "0", "{}");
        add("b", "2");
        offer();
        assertThat(handler.begun()).containsExactlyInAnyOrder("1#0", "2#0");
        assertThat(outbox.find("unhandled", "0").orElseThrow().state()).isEqualTo(State.WAITING);
    }
}
