package io.aitbc.openclaw.host.store;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database in one SQLite file that only its owner can read. What was written is on disk when the call returns, and is there
 * after the process was killed or the machine lost its power.
 */
public final class Store implements Reads, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Connection connection;
    private final StoreReader reader;
    private final StoreFailures failures;
    private final GroupCommit commits;

    private Store(Connection connection, StoreReader reader, StoreFailures failures) {
        this.connection = connection;
        this.reader = reader;
        this.failures = failures;
        commits = new GroupCommit(connection, failures);
    }

    /**
     * Opens the file, creates it when it is missing, looks whether it is whole and brings it to the newest schema.
     *
     * @throws OpenClawException INTERNAL when it is damaged or cannot be used, INVALID_CONFIG when a newer host wrote it
     */
    public static Store open(Path file, List<Migration> migrations) {
        return open(file, migrations, 0);
    }

    /**
     * For tests of what a full disk does.
     *
     * @param mostPages of 4 KiB, as if the disk were no larger; 0 for no such limit
     */
    public static Store open(Path file, List<Migration> migrations, int mostPages) {
        StoreFailures failures = new StoreFailures(file);
        ownerOnly(file);
        try {
            Connection connection = StoreConnections.toWrite(file, mostPages);
            try {
                requireWhole(connection, failures);
                migrate(connection, migrations, file);
                return new Store(connection, new StoreReader(StoreConnections.toRead(file), failures), failures);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    private static void ownerOnly(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            tighten(file);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static void tighten(Path file) {
        try {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static OpenClawException unusable(Path file, IOException failure) {
        return new OpenClawException(
                ErrorCode.INTERNAL,
                "The database %s cannot be used (%s); choose another folder with --data"
                        .formatted(file, failure.getClass().getSimpleName()),
                failure);
    }

    private static void requireWhole(Connection connection, StoreFailures failures) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
            String finding = rows.next() ? rows.getString(1) : "no answer";
            if (!finding.equals("ok")) {
                throw failures.damaged(finding);
            }
        }
    }

    private static void migrate(Connection connection, List<Migration> migrations, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                new Migrations(migrations).apply(connection, file);
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    /**
     * Changes something; several callers share a transaction, in which each fails for itself.
     *
     * @return the result, once the change is on disk
     * @throws OpenClawException INTERNAL when it is not written
     */
    public <R> R write(SqlWork<R> work) {
        return write(work, _ -> {});
    }

    /**
     * As {@link #write(SqlWork)}.
     *
     * @param committed told the result before the caller gets it, in the order in which changes were made; must be quick and
     *     must not throw
     */
    public <R> R write(SqlWork<R> work, Consumer<? super R> committed) {
        return commits.write(work, committed);
    }

    @Override
    public <R> R read(SqlWork<R> work) {
        return reader.read(work);
    }

    /** Writes what waits to be written. */
    @Override
    public void close() {
        commits.close();
        reader.close();
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.atWarn().log("{}", failures.of(e).getMessage());
        }
    }
}
