package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.host.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what waits: lanes side by side, each in order. One thread looks which lane is due and sleeps in between; each lane
 * that is due gets a virtual thread, which goes on with the next lane when it is through.
 */
final class Replayer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replayer.class);
    /** Messages of a lane in a row, before others get their turn. */
    private static final int TURN = 64;
    /** Until a disk that could not be written is tried again. */
    private static final Duration DISK_PAUSE = Duration.ofSeconds(5);

    private static final Duration PRUNE_PAUSE = Duration.ofHours(1);
    private static final int PRUNE_STEP = 500;
    /** The wall clock may be set while we sleep. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final Duration INTERRUPT_LIMIT = Duration.ofSeconds(1);

    private final Store store;
    private final Lanes lanes;
    private final Room room;
    private final Deliveries deliveries;
    private final Duration retention;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private Instant pruneAt;
    private boolean woken;
    private volatile boolean closed;

    Replayer(Store store, Lanes lanes, Room room, Deliveries deliveries, Duration retention, InstantSource clock) {
        this.store = store;
        this.lanes = lanes;
        this.room = room;
        this.deliveries = deliveries;
        this.retention = retention;
        this.clock = clock;
        pruneAt = clock.instant();
        thread = Thread.ofPlatform().daemon().name("outbox").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether somebody delivers this topic now. */
    boolean delivers(String topic) {
        return deliveries.possible(topic);
    }

    /** Something changed: a message, a handler, the clock. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!closed) {
            Optional<Lane> lane = lanes.take(clock.instant(), deliveries::possible);
            if (lane.isPresent()) {
                Thread.ofVirtual().name("outbox-" + lane.get().name.topic()).start(() -> work(lane.get()));
            } else if (!prune()) {
                sleep();
            }
        }
    }

    private void sleep() {
        Duration pause = lanes.nextDue(deliveries::possible)
                .map(due -> Duration.between(clock.instant(), due))
                .orElse(LONGEST_SLEEP);
        Duration overdue = deliveries.interruptOverdue();
        long nanos = Math.min(Math.min(pause.toMillis(), LONGEST_SLEEP.toMillis()), overdue.toMillis()) * 1_000_000 + 1;
        lock.lock();
        try {
            while (!woken && !closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            woken = false;
        } catch (InterruptedException e) {
            LOG.atDebug().log("the outbox's thread is ended by close() only");
        } finally {
            lock.unlock();
        }
    }

    /** Whether there may be more to forget. */
    private boolean prune() {
        Instant now = clock.instant();
        if (now.isBefore(pruneAt)) {
            return false;
        }
        try {
            int gone = store.write(connection -> OutboxTable.prune(connection, now.minus(retention), PRUNE_STEP));
            if (gone == PRUNE_STEP) {
                return true;
            }
        } catch (OpenClawException e) {
            LOG.atWarn().log("Old messages of the outbox stay: {}", e.getMessage());
        }
        pruneAt = now.plus(PRUNE_PAUSE);
        return false;
    }

    private void work(Lane first) {
        Optional<Lane> lane = Optional.of(first);
        while (lane.isPresent()) {
            try {
                turn(lane.get());
            } finally {
                lanes.release(lane.get());
            }
            lane = closed ? Optional.empty() : lanes.take(clock.instant(), deliveries::possible);
        }
        wake();
    }

    /** The end of one attempt and the beginning of the next are written together, so that a lane costs a sync a message. */
    private void turn(Lane lane) {
        Optional<Outcome> outcome = lanes.unwritten(lane);
        int begun = 0;
        boolean more = true;
        while (more) {
            Optional<Long> next = begun < TURN && !closed ? next(lane, outcome) : Optional.empty();
            if (outcome.isEmpty() && next.isEmpty()) {
                return;
            }
            Optional<OutboxMessage> message;
            try {
                message = write(outcome, next);
            } catch (OpenClawException e) {
                LOG.atWarn()
                        .addKeyValue("topic", lane.name.topic())
                        .log("The outbox cannot be written: {}", e.getMessage());
                lanes.postpone(lane, outcome, clock.instant().plus(DISK_PAUSE));
                return;
            }
            outcome.ifPresent(it -> settled(lane, it));
            if (message.isPresent()) {
                begun++;
                outcome = Optional.of(deliver(message.get()));
            } else {
                next.ifPresent(sequence -> gone(lane, sequence));
                more = false;
            }
        }
    }

    private Optional<Long> next(Lane lane, Optional<Outcome> outcome) {
        if (!deliveries.possible(lane.name.topic())) {
            return Optional.empty();
        }
        return outcome.isEmpty()
                ? Optional.of(lanes.head(lane))
                : outcome.filter(Outcome::leaves).flatMap(_ -> lanes.second(lane));
    }

    private Optional<OutboxMessage> write(Optional<Outcome> outcome, Optional<Long> next) {
        Instant now = clock.instant();
        return store.write(connection -> {
            if (outcome.isPresent()) {
                Outcome it = outcome.get();
                OutboxTable.settle(connection, it.sequence(), it.state(), it.note(), now.plus(it.pause()), now);
            }
            return next.isPresent() ? OutboxTable.begin(connection, next.get(), now) : Optional.empty();
        });
    }

    private Outcome deliver(OutboxMessage message) {
        Outcome outcome = deliveries.attempt(message);
        (outcome.state() == State.CONFLICT ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("topic", message.topic())
                .addKeyValue("sequence", message.sequence())
                .addKeyValue("attempt", message.attempts() + 1)
                .addKeyValue("state", outcome.state())
                .log("delivery ended: {}", outcome.note());
        if (outcome.leaves()) {
            room.release(OutboxTable.bytes(message.payload()));
        }
        return outcome;
    }

    private void settled(Lane lane, Outcome outcome) {
        lanes.settled(lane, outcome, clock.instant());
    }

    /** Somebody else changed it on disk. */
    private void gone(Lane lane, long sequence) {
        LOG.atWarn().addKeyValue("sequence", sequence).log("A message of the outbox does not wait any more");
        settled(lane, new Outcome(sequence, State.DISCARDED, "", Duration.ZERO, false, false));
    }

    /** Begins no delivery any more, lets running ones end for a while, then interrupts them. */
    @Override
    public void close() {
        closed = true;
        wake();
        if (!awaitRest(CLOSE_LIMIT)) {
            deliveries.interruptAll();
            if (!awaitRest(INTERRUPT_LIMIT)) {
                LOG.atWarn().log("A delivery of the outbox does not end");
            }
        }
    }

    private boolean awaitRest(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        lock.lock();
        try {
            while (lanes.working() || thread.isAlive()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                // Whoever rests says so; the thread itself ends without a word.
                long _ = changed.awaitNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
