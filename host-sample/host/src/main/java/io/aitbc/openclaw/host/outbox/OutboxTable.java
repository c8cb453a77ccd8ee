package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.OutboxMessage.State;
import io.aitbc.openclaw.api.PlainText;
import io.aitbc.openclaw.host.store.Migration;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements behind the outbox. Times are milliseconds since 1970. */
final class OutboxTable {
    /** A message that is not delivered yet, without its payload. */
    record Open(long sequence, LaneName lane, State state, Instant dueAt, long bytes) {}

    static final List<Migration> MIGRATIONS = List.of(new Migration(
            1,
            List.of(
                    """
                    CREATE TABLE outbox (
                        sequence BIGINT NOT NULL PRIMARY KEY,
                        topic VARCHAR(200) NOT NULL,
                        lane VARCHAR(200) NOT NULL,
                        message_key VARCHAR(200) NOT NULL,
                        payload TEXT NOT NULL,
                        bytes BIGINT NOT NULL,
                        state VARCHAR(10) NOT NULL,
                        attempts INTEGER NOT NULL,
                        added_at BIGINT NOT NULL,
                        changed_at BIGINT NOT NULL,
                        due_at BIGINT NOT NULL,
                        note TEXT NOT NULL,
                        UNIQUE (topic, message_key)
                    )""",
                    "CREATE INDEX outbox_open ON outbox (sequence) WHERE state IN ('WAITING', 'CONFLICT')",
                    "CREATE INDEX outbox_settled ON outbox (changed_at) WHERE state IN ('DELIVERED', 'DISCARDED')",
                    // The greatest sequence may be pruned, and must not be given away twice.
                    "CREATE TABLE outbox_counter (last_sequence BIGINT NOT NULL)",
                    "INSERT INTO outbox_counter (last_sequence) VALUES (0)")));

    private static final String OPEN = "state IN ('WAITING', 'CONFLICT')";
    private static final String ROW =
            "SELECT sequence, topic, lane, message_key, payload, bytes, state, attempts, added_at, changed_at, due_at, note"
                    + " FROM outbox ";
    private static final String ROW_WITHOUT_PAYLOAD = ROW.replace("payload", "''");
    private static final int LONGEST_NOTE = 600;

    private OutboxTable() {}

    static OutboxMessage insert(
            Connection connection, LaneName lane, String key, String payload, long bytes, Instant now)
            throws SQLException {
        long sequence = nextSequence(connection);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO outbox (sequence, topic, lane, message_key, payload, bytes, state, attempts, added_at, changed_at,"
                        + " due_at, note) VALUES (?, ?, ?, ?, ?, ?, 'WAITING', 0, ?, ?, ?, '')")) {
            insert.setLong(1, sequence);
            insert.setString(2, lane.topic());
            insert.setString(3, lane.lane());
            insert.setString(4, key);
            insert.setString(5, payload);
            insert.setLong(6, bytes);
            insert.setLong(7, now.toEpochMilli());
            insert.setLong(8, now.toEpochMilli());
            insert.setLong(9, now.toEpochMilli());
            insert.executeUpdate();
        }
        return new OutboxMessage(
                sequence,
                lane.topic(),
                lane.lane(),
                key,
                payload,
                State.WAITING,
                0,
                Instant.ofEpochMilli(now.toEpochMilli()),
                "");
    }

    private static long nextSequence(Connection connection) throws SQLException {
        try (PreparedStatement update =
                        connection.prepareStatement("UPDATE outbox_counter SET last_sequence = last_sequence + 1");
                PreparedStatement select = connection.prepareStatement("SELECT last_sequence FROM outbox_counter")) {
            update.executeUpdate();
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    static Optional<OutboxEntry> find(Connection connection, String topic, String key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ROW + "WHERE topic = ? AND message_key = ?")) {
            select.setString(1, topic);
            select.setString(2, key);
            return entries(select).stream().findFirst();
        }
    }

    static Optional<OutboxEntry> find(Connection connection, long sequence) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ROW + "WHERE sequence = ?")) {
            select.setLong(1, sequence);
            return entries(select).stream().findFirst();
        }
    }

    /**
     * Writes down that a delivery begins.
     *
     * @return the message as it was before; empty when it does not wait any more
     */
    static Optional<OutboxMessage> begin(Connection connection, long sequence, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE outbox SET attempts = attempts + 1, changed_at = ? WHERE sequence = ? AND state = 'WAITING'")) {
            update.setLong(1, now.toEpochMilli());
            update.setLong(2, sequence);
            if (update.executeUpdate() == 0) {
                return Optional.empty();
            }
        }
        return find(connection, sequence).map(OutboxEntry::message).map(OutboxTable::before);
    }

    private static OutboxMessage before(OutboxMessage begun) {
        return new OutboxMessage(
                begun.sequence(),
                begun.topic(),
                begun.lane(),
                begun.key(),
                begun.payload(),
                begun.state(),
                begun.attempts() - 1,
                begun.addedAt(),
                begun.note());
    }

    static void settle(Connection connection, long sequence, State state, String note, Instant dueAt, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE outbox SET state = ?, note = ?, due_at = ?, changed_at = ? WHERE sequence = ?")) {
            update.setString(1, state.name());
            update.setString(2, line(note));
            update.setLong(3, dueAt.toEpochMilli());
            update.setLong(4, now.toEpochMilli());
            update.setLong(5, sequence);
            update.executeUpdate();
        }
    }

    private static String line(String note) {
        String line = PlainText.of(note);
        return line.length() <= LONGEST_NOTE ? line : line.substring(0, LONGEST_NOTE - 1) + "…";
    }

    /** All that is not delivered, in order. */
    static List<Open> open(Connection connection) throws SQLException {
        List<Open> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT sequence, topic, lane, state, due_at, bytes FROM outbox WHERE " + OPEN
                                + " ORDER BY sequence");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Open(
                        rows.getLong(1),
                        new LaneName(rows.getString(2), rows.getString(3)),
                        State.valueOf(rows.getString(4)),
                        Instant.ofEpochMilli(rows.getLong(5)),
                        rows.getLong(6)));
            }
        }
        return found;
    }

    /** Forgets some of what was settled before a time. */
    static int prune(Connection connection, Instant before, int most) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM outbox WHERE sequence IN (SELECT sequence FROM outbox"
                        + " WHERE state IN ('DELIVERED', 'DISCARDED') AND changed_at < ? ORDER BY changed_at LIMIT ?)")) {
            delete.setLong(1, before.toEpochMilli());
            delete.setInt(2, most);
            return delete.executeUpdate();
        }
    }

    /** What is not delivered in order, then what is settled, newest first; without payloads, which may be large. */
    static List<OutboxEntry> list(Connection connection, int most) throws SQLException {
        List<OutboxEntry> entries = new ArrayList<>();
        try (PreparedStatement open = connection.prepareStatement(
                        ROW_WITHOUT_PAYLOAD + "WHERE " + OPEN + " ORDER BY sequence LIMIT ?");
                PreparedStatement settled = connection.prepareStatement(ROW_WITHOUT_PAYLOAD
                        + "WHERE state IN ('DELIVERED', 'DISCARDED') ORDER BY changed_at DESC LIMIT ?")) {
            open.setInt(1, most);
            entries.addAll(entries(open));
            settled.setInt(1, most - entries.size());
            entries.addAll(entries(settled));
        }
        return entries;
    }

    static OutboxCounts counts(Connection connection) throws SQLException {
        Map<State, Long> counts = new EnumMap<>(State.class);
        long bytes = 0;
        Optional<Instant> oldest = Optional.empty();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT state, COUNT(*), SUM(bytes), MIN(added_at) FROM outbox GROUP BY state");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                State state = State.valueOf(rows.getString(1));
                counts.put(state, rows.getLong(2));
                if (state == State.WAITING || state == State.CONFLICT) {
                    bytes += rows.getLong(3);
                }
                if (state == State.WAITING) {
                    oldest = Optional.of(Instant.ofEpochMilli(rows.getLong(4)));
                }
            }
        }
        return new OutboxCounts(
                counts.getOrDefault(State.WAITING, 0L),
                counts.getOrDefault(State.CONFLICT, 0L),
                counts.getOrDefault(State.DELIVERED, 0L),
                counts.getOrDefault(State.DISCARDED, 0L),
                bytes,
                oldest);
    }

    private static List<OutboxEntry> entries(PreparedStatement select) throws SQLException {
        List<OutboxEntry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                OutboxMessage message = new OutboxMessage(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        State.valueOf(rows.getString(7)),
                        rows.getInt(8),
                        Instant.ofEpochMilli(rows.getLong(9)),
                        rows.getString(12));
                entries.add(new OutboxEntry(
                        message,
                        rows.getLong(6),
                        Instant.ofEpochMilli(rows.getLong(10)),
                        Instant.ofEpochMilli(rows.getLong(11))));
            }
        }
        return entries;
    }

    static long bytes(String payload) {
        return payload.getBytes(StandardCharsets.UTF_8).length;
    }
}
