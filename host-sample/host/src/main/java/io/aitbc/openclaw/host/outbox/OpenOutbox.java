package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.host.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The outbox over an open database. */
final class OpenOutbox implements AutoCloseable {
    private record Added(OutboxMessage message, boolean isNew) {}

    private final Store store;
    private final Lanes lanes;
    private final Room room;
    private final Replayer replayer;
    private final InstantSource clock;
    private boolean working;

    OpenOutbox(Store store, OutboxOptions options, Deliveries deliveries, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        lanes = new Lanes(options.deliveriesAtOnce());
        room = new Room(options);
        replayer = new Replayer(store, lanes, room, deliveries, options.retention(), clock);
        // A clock that was set back must not make messages wait for years.
        Instant latest = clock.instant().plus(Backoff.LONGEST_ASKED);
        for (OutboxTable.Open open : store.read(OutboxTable::open)) {
            Instant due = open.dueAt().isAfter(latest) ? latest : open.dueAt();
            lanes.add(open.lane(), open.sequence(), open.state(), due);
            room.take(open.bytes());
        }
    }

    /** Begins to deliver. */
    synchronized void work() {
        if (!working) {
            working = true;
            replayer.start();
        }
    }

    void wake() {
        replayer.wake();
    }

    OutboxMessage add(LaneName lane, String key, String payload) {
        long bytes = OutboxTable.bytes(payload);
        boolean reserved = room.reserve(bytes);
        boolean isNew = false;
        try {
            Added added = store.write(
                    connection -> {
                        Optional<OutboxMessage> known =
                                OutboxTable.find(connection, lane.topic(), key).map(OutboxEntry::message);
                        if (known.isPresent()) {
                            return new Added(same(known.get(), lane, payload), false);
                        }
                        if (!reserved) {
                            throw room.full();
                        }
                        return new Added(
                                OutboxTable.insert(connection, lane, key, payload, bytes, clock.instant()), true);
                    },
                    this::added);
            isNew = added.isNew();
            return added.message();
        } finally {
            if (reserved && !isNew) {
                room.release(bytes);
            }
        }
    }

    private void added(Added added) {
        if (added.isNew()) {
            OutboxMessage message = added.message();
            lanes.add(
                    new LaneName(message.topic(), message.lane()),
                    message.sequence(),
                    State.WAITING,
                    message.addedAt());
            replayer.wake();
        }
    }

    private static OutboxMessage same(OutboxMessage known, LaneName lane, String payload) {
        if (known.lane().equals(lane.lane()) && known.payload().equals(payload)) {
            return known;
        }
        throw new OpenClawException(
                ErrorCode.INVALID_REQUEST,
                "The outbox holds another message %s/%s: its lane or its payload differs"
                        .formatted(known.topic(), known.key()));
    }

    void retry(long sequence) {
        decide(sequence, State.WAITING);
    }

    void discard(long sequence) {
        decide(sequence, State.DISCARDED);
    }

    private void decide(long sequence, State state) {
        OutboxEntry entry = store.read(connection -> OutboxTable.find(connection, sequence))
                .orElseThrow(() -> invalid("The outbox has no message %d".formatted(sequence)));
        requireOpen(entry.message());
        Lane lane = lanes.hold(
                        new LaneName(entry.message().topic(), entry.message().lane()))
                .orElseThrow(() -> invalid(
                        "A delivery runs in the lane of message %d; try again when it has ended".formatted(sequence)));
        try {
            Instant now = clock.instant();
            OutboxMessage decided = store.write(connection -> {
                OutboxMessage message =
                        OutboxTable.find(connection, sequence).orElseThrow().message();
                requireOpen(message);
                OutboxTable.settle(connection, sequence, state, note(message, state), now, now);
                return message;
            });
            if (state == State.DISCARDED) {
                lanes.discard(lane, sequence, now);
                room.release(OutboxTable.bytes(decided.payload()));
            } else {
                lanes.retry(lane, sequence, now);
            }
        } finally {
            lanes.release(lane);
            replayer.wake();
        }
    }

    private static String note(OutboxMessage message, State state) {
        return state == State.DISCARDED ? "discarded by hand; before: " + message.note() : message.note();
    }

    private static void requireOpen(OutboxMessage message) {
        if (message.state() != State.WAITING && message.state() != State.CONFLICT) {
            throw invalid("Message %d is %s already"
                    .formatted(message.sequence(), message.state().name().toLowerCase(java.util.Locale.ROOT)));
        }
    }

    private static OpenClawException invalid(String message) {
        return new OpenClawException(ErrorCode.INVALID_REQUEST, message);
    }

    Store store() {
        return store;
    }

    /** Whether nothing runs and nothing could. */
    boolean idle() {
        return lanes.idle(clock.instant(), replayer::delivers);
    }

    /** Ends the deliveries. */
    synchronized void rest() {
        if (working) {
            replayer.close();
        }
    }

    @Override
    public void close() {
        rest();
        store.close();
    }
}
