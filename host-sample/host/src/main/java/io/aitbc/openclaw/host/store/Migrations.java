package io.aitbc.openclaw.host.store;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Brings a database to the newest schema. */
final class Migrations {
    private final List<Migration> known;

    Migrations(List<Migration> known) {
        this.known = List.copyOf(known);
    }

    /** Runs what is missing; the caller has begun a transaction. */
    void apply(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
            int current = version(statement);
            int newest = known.getLast().version();
            if (current > newest) {
                throw new OpenClawException(
                        ErrorCode.INVALID_CONFIG,
                        "The database %s was written by a newer host (schema %d, this one knows %d); use that host, or choose another folder with --data"
                                .formatted(file, current, newest));
            }
            for (Migration migration : known) {
                if (migration.version() > current) {
                    run(connection, statement, migration);
                }
            }
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT MAX(version) FROM schema_version")) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private static void run(Connection connection, Statement statement, Migration migration) throws SQLException {
        for (String sql : migration.statements()) {
            statement.execute(sql);
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO schema_version (version) VALUES (?)")) {
            insert.setInt(1, migration.version());
            insert.executeUpdate();
        }
    }
}
