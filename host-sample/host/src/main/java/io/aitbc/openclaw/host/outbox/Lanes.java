package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.api.OutboxMessage.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which lanes have messages, and when each may go on. Everything that is not delivered stands here by its sequence, so that
 * nobody has to search the disk for what to do next.
 */
final class Lanes {
    /** Failed lanes are woken together once one gets through, but no more often than this. */
    private static final Duration WAKING_PAUSE = Duration.ofSeconds(1);

    private static final class Topic {
        final PriorityQueue<Lane> idle = new PriorityQueue<>(
                Comparator.<Lane, Instant>comparing(lane -> lane.dueAt).thenComparingLong(Lane::head));
        int lanes;
        int held;
        Instant wokenAt = Instant.MIN;
    }

    private final int mostHeld;
    private final Map<LaneName, Lane> lanes = new HashMap<>();
    private final Map<String, Topic> topics = new HashMap<>();

    /** @param mostHeld lanes of a topic that are worked on at a time */
    Lanes(int mostHeld) {
        this.mostHeld = mostHeld;
    }

    /** Appends a message; sequences of a lane come in order. */
    synchronized void add(LaneName name, long sequence, State state, Instant dueAt) {
        Lane known = lanes.get(name);
        Lane lane = known == null ? new Lane(name, dueAt) : known;
        lane.sequences.add(sequence);
        lane.stopped |= state == State.CONFLICT;
        if (known == null) {
            lanes.put(name, lane);
            topic(name).lanes++;
            if (!lane.stopped) {
                topic(name).idle.add(lane);
            }
        } else if (state == State.CONFLICT) {
            topic(name).idle.remove(lane);
        }
    }

    private Topic topic(LaneName name) {
        return topics.computeIfAbsent(name.topic(), _ -> new Topic());
    }

    /** Takes a lane that is due and whose topic somebody delivers. */
    synchronized Optional<Lane> take(Instant now, Predicate<String> delivered) {
        for (Map.Entry<String, Topic> entry : topics.entrySet()) {
            Topic topic = entry.getValue();
            @Nullable Lane first = topic.idle.peek();
            if (first != null && topic.held < mostHeld && !first.dueAt.isAfter(now) && delivered.test(entry.getKey())) {
                topic.idle.remove();
                topic.held++;
                first.held = true;
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    /** When the next lane is due of those that could be taken then. */
    synchronized Optional<Instant> nextDue(Predicate<String> delivered) {
        return topics.entrySet().stream()
                .filter(entry -> !entry.getValue().idle.isEmpty() && entry.getValue().held < mostHeld)
                .filter(entry -> delivered.test(entry.getKey()))
                .map(entry -> entry.getValue().idle.element().dueAt)
                .min(Comparator.naturalOrder());
    }

    synchronized long head(Lane lane) {
        return lane.head();
    }

    synchronized Optional<Long> second(Lane lane) {
        return lane.second();
    }

    synchronized Optional<Outcome> unwritten(Lane lane) {
        return Optional.ofNullable(lane.unwritten);
    }

    /** An attempt's outcome is on disk; the lane stays held. */
    synchronized void settled(Lane lane, Outcome outcome, Instant now) {
        lane.unwritten = null;
        lane.asked = outcome.asked();
        lane.dueAt = now.plus(outcome.pause());
        lane.stopped = outcome.state() == State.CONFLICT;
        if (outcome.leaves()) {
            lane.sequences.removeFirst();
            if (outcome.repeated() && outcome.state() == State.DELIVERED) {
                wake(topic(lane.name), now);
            }
        }
    }

    /** The other side is back: what failed before need not wait for its turn. */
    private static void wake(Topic topic, Instant now) {
        if (topic.wokenAt.plus(WAKING_PAUSE).isAfter(now)) {
            return;
        }
        topic.wokenAt = now;
        List<Lane> sleeping = new ArrayList<>(topic.idle);
        topic.idle.clear();
        for (Lane lane : sleeping) {
            if (!lane.asked && lane.dueAt.isAfter(now)) {
                lane.dueAt = now;
            }
            topic.idle.add(lane);
        }
    }

    /** An outcome could not be written: it is tried again after a pause, before anything else of the lane. */
    synchronized void postpone(Lane lane, Optional<Outcome> unwritten, Instant until) {
        lane.unwritten = unwritten.orElse(null);
        lane.dueAt = until;
    }

    /** Gives a lane back. */
    synchronized void release(Lane lane) {
        Topic topic = topic(lane.name);
        topic.held--;
        lane.held = false;
        if (lane.sequences.isEmpty()) {
            lanes.remove(lane.name);
            topic.lanes--;
            if (topic.lanes == 0) {
                topics.remove(lane.name.topic());
            }
        } else if (!lane.stopped) {
            topic.idle.add(lane);
        }
    }

    /** Takes the lane for a person's decision; empty when a delivery runs in it, or when it has no messages. */
    synchronized Optional<Lane> hold(LaneName name) {
        @Nullable Lane lane = lanes.get(name);
        if (lane == null || lane.held) {
            return Optional.empty();
        }
        Topic topic = topic(name);
        topic.idle.remove(lane);
        topic.held++;
        lane.held = true;
        return Optional.of(lane);
    }

    /** A held lane's message waits again, from now on. */
    synchronized void retry(Lane lane, long sequence, Instant now) {
        if (lane.head() == sequence) {
            lane.stopped = false;
            lane.asked = false;
            lane.dueAt = now;
        }
    }

    /** A held lane's message was given up. */
    synchronized void discard(Lane lane, long sequence, Instant now) {
        if (lane.head() == sequence) {
            lane.stopped = false;
            lane.asked = false;
            lane.dueAt = now;
        }
        lane.sequences.remove(sequence);
    }

    /** Whether no lane is worked on and none could be: one look, for a lane may go from one to the other in between two. */
    synchronized boolean idle(Instant now, Predicate<String> delivered) {
        return !working() && nextDue(delivered).filter(due -> !due.isAfter(now)).isEmpty();
    }

    /** Whether a lane is being worked on. */
    synchronized boolean working() {
        return topics.values().stream().anyMatch(topic -> topic.held > 0);
    }
}
