package io.aitbc.openclaw.host.store;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a database, also while a host writes to it. */
public final class StoreReader implements Reads, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreReader.class);

    private final Connection connection;
    private final StoreFailures failures;
    private final ReentrantLock lock = new ReentrantLock();

    StoreReader(Connection connection, StoreFailures failures) {
        this.connection = connection;
        this.failures = failures;
    }

    /** @throws OpenClawException INTERNAL when there is none, or when it cannot be read */
    public static StoreReader open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new OpenClawException(ErrorCode.INTERNAL, "There is no database %s".formatted(file));
        }
        StoreFailures failures = new StoreFailures(file);
        try {
            return new StoreReader(StoreConnections.toRead(file), failures);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    @Override
    public <R> R read(SqlWork<R> work) {
        lock.lock();
        try {
            return work.run(connection);
        } catch (SQLException e) {
            throw failures.of(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.atWarn().log("{}", failures.of(e).getMessage());
        } finally {
            lock.unlock();
        }
    }
}
