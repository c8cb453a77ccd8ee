package io.aitbc.openclaw.host.store;

import io.aitbc.openclaw.api.OpenClawException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes for many callers on one thread: what waits while a commit is synced to disk shares the next one, so that the disk's
 * pace limits commits and not callers.
 */
final class GroupCommit implements AutoCloseable {
    private static final int MOST_TOGETHER = 512;

    private static final class Task<R> {
        private final SqlWork<R> work;
        private final Consumer<? super R> committed;
        private final CompletableFuture<R> outcome = new CompletableFuture<>();
        private R result;

        @SuppressWarnings("NullAway") // The result is read only after run().
        Task(SqlWork<R> work, Consumer<? super R> committed) {
            this.work = work;
            this.committed = committed;
        }

        void run(Connection connection) throws SQLException {
            result = work.run(connection);
        }

        void committed() {
            try {
                committed.accept(result);
            } finally {
                outcome.complete(result);
            }
        }

        void failed(Throwable failure) {
            outcome.completeExceptionally(failure);
        }
    }

    private final Connection connection;
    private final StoreFailures failures;
    private final BlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
    private final Task<Boolean> end = new Task<>(_ -> true, _ -> {});
    private final Thread thread;
    private boolean closed;

    GroupCommit(Connection connection, StoreFailures failures) {
        this.connection = connection;
        this.failures = failures;
        // A thread of the system: a sync to disk would hold one of the few carriers of virtual threads.
        thread = Thread.ofPlatform().daemon().name("store-writer").start(this::run);
    }

    /** Returns once it is on disk. An interrupt does not end the waiting: whether it was written has to be known. */
    <R> R write(SqlWork<R> work, Consumer<? super R> committed) {
        Task<R> task = new Task<>(work, committed);
        synchronized (this) {
            if (closed) {
                throw failures.closed();
            }
            queue.add(task);
        }
        try {
            return task.outcome.join();
        } catch (CompletionException e) {
            throw thrown(e.getCause());
        }
    }

    /** For the caller, whose trace it gets. */
    private static RuntimeException thrown(@Nullable Throwable failure) {
        if (failure instanceof OpenClawException known) {
            return new OpenClawException(known.code(), known.getMessage(), known);
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    private void run() {
        List<Task<?>> together = new ArrayList<>();
        boolean more = true;
        while (more) {
            try {
                together.add(queue.take());
            } catch (InterruptedException e) {
                continue; // nobody but close() ends this thread
            }
            queue.drainTo(together, MOST_TOGETHER);
            more = !together.remove(end);
            commit(together);
            together.clear();
        }
    }

    private void commit(List<Task<?>> together) {
        if (together.isEmpty()) {
            return;
        }
        Optional<Throwable> failure = transaction(together);
        if (failure.isEmpty()) {
            together.forEach(Task::committed);
        } else if (together.size() == 1) {
            together.getFirst().failed(failure.get());
        } else {
            // One of them fails: alone, each gets what is its own.
            together.forEach(task -> commit(List.of(task)));
        }
    }

    private Optional<Throwable> transaction(List<Task<?>> together) {
        try {
            execute("BEGIN IMMEDIATE");
            for (Task<?> task : together) {
                task.run(connection);
            }
            execute("COMMIT");
            return Optional.empty();
        } catch (SQLException e) {
            rollback(e);
            return Optional.of(failures.of(e));
        } catch (RuntimeException | Error e) {
            // This thread serves everybody, so it survives whatever one of them does.
            rollback(e);
            return Optional.of(e);
        }
    }

    private void rollback(Throwable reason) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // Some failures, a full disk among them, end the transaction by themselves.
            reason.addSuppressed(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Writes what waits, and takes nothing more. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                queue.add(end);
            }
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
