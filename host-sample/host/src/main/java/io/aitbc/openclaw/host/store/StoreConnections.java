package io.aitbc.openclaw.host.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;

/** How SQLite is used. */
final class StoreConnections {
    private static final Duration BUSY_LIMIT = Duration.ofSeconds(5);
    /** How large the write-ahead log stays once its content is in the database. */
    private static final int LOG_BYTES = 16 << 20;

    private StoreConnections() {}

    /** @param mostPages of 4 KiB, as if the disk were no larger; 0 for no such limit */
    static Connection toWrite(Path file, int mostPages) throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // With less, a loss of power may take back what was acknowledged.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setJournalSizeLimit(LOG_BYTES);
        if (mostPages > 0) {
            config.setMaxPageCount(mostPages);
        }
        return config.createConnection(url(file));
    }

    static Connection toRead(Path file) throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return config.createConnection(url(file));
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) BUSY_LIMIT.toMillis());
        return config;
    }

    /** As a URI, in which a question mark of a folder's name means nothing special. */
    private static String url(Path file) {
        return "jdbc:sqlite:" + file.toUri();
    }
}
