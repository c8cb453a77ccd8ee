package io.aitbc.openclaw.host.proofs;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.host.store.Migration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records in the order of the log, and how much of the log was read. */
final class RecordTable {
    static final List<Migration> MIGRATIONS = List.of(new Migration(
            1,
            List.of(
                    "CREATE TABLE proof_record (log_index BIGINT PRIMARY KEY, request TEXT NOT NULL, job TEXT,"
                            + " network TEXT, model TEXT NOT NULL, provider TEXT NOT NULL, route TEXT NOT NULL,"
                            + " started_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, assurance TEXT NOT NULL)",
                    "CREATE INDEX proof_record_request ON proof_record (request)",
                    "CREATE INDEX proof_record_job ON proof_record (job)",
                    "CREATE INDEX proof_record_ended ON proof_record (ended_at)",
                    "CREATE TABLE proof_log (size BIGINT NOT NULL, checkpoint TEXT NOT NULL)")));

    /** @param checkpoint of the log when it had this size */
    record Seen(long size, String checkpoint) {}

    private RecordTable() {}

    static Optional<Seen> seen(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT size, checkpoint FROM proof_log")) {
            return rows.next() ? Optional.of(new Seen(rows.getLong(1), rows.getString(2))) : Optional.empty();
        }
    }

    /** Adds records, after which so much of the log is known. */
    static Seen add(Connection connection, List<ChainRecord> records, Seen seen) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO proof_record (log_index, request, job,"
                + " network, model, provider, route, started_at, ended_at, assurance)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (ChainRecord record : records) {
                insert.setLong(1, record.index());
                insert.setString(2, record.requestId());
                insert.setString(3, record.jobId().orElse(null));
                insert.setString(4, record.network().orElse(null));
                insert.setString(5, record.model());
                insert.setString(6, record.provider());
                insert.setString(7, record.route());
                insert.setLong(8, record.started().toEpochMilli());
                insert.setLong(9, record.ended().toEpochMilli());
                insert.setString(10, record.assurance().name());
                insert.executeUpdate();
            }
        }
        try (Statement delete = connection.createStatement();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO proof_log (size, checkpoint) VALUES (?, ?)")) {
            delete.executeUpdate("DELETE FROM proof_log");
            insert.setLong(1, seen.size());
            insert.setString(2, seen.checkpoint());
            insert.executeUpdate();
        }
        return seen;
    }

    static List<ChainRecord> find(Connection connection, RecordQuery query) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT log_index, request, job, network, model, provider, route,"
                + " started_at, ended_at, assurance FROM proof_record WHERE log_index >= 0");
        List<Object> values = new ArrayList<>();
        query.about().ifPresent(id -> {
            sql.append(" AND (request = ? OR job = ?)");
            values.addAll(List.of(id, id));
        });
        query.since().ifPresent(time -> {
            sql.append(" AND ended_at >= ?");
            values.add(time.toEpochMilli());
        });
        query.before().ifPresent(time -> {
            sql.append(" AND ended_at < ?");
            values.add(time.toEpochMilli());
        });
        values.add(query.most());
        try (PreparedStatement select = connection.prepareStatement(
                sql.append(" ORDER BY log_index DESC LIMIT ?").toString())) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            return records(select);
        }
    }

    private static List<ChainRecord> records(PreparedStatement select) throws SQLException {
        List<ChainRecord> records = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                records.add(new ChainRecord(
                        rows.getLong(1),
                        rows.getString(2),
                        Optional.ofNullable(rows.getString(3)),
                        Optional.ofNullable(rows.getString(4)),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getString(7),
                        Instant.ofEpochMilli(rows.getLong(8)),
                        Instant.ofEpochMilli(rows.getLong(9)),
                        AssuranceLevel.valueOf(rows.getString(10))));
            }
        }
        return records;
    }
}
