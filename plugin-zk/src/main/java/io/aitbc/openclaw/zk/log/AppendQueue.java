package io.aitbc.openclaw.zk.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/** Lets callers that wait at the same time share one write and one sync. */
final class AppendQueue implements AutoCloseable {
    private static final int MOST_TOGETHER = 512;

    /** Writes entries so that they are on disk. */
    interface Commit {
        /** @return index of the first */
        int commit(List<byte[]> frames) throws IOException;
    }

    private record Task(byte[] frame, CompletableFuture<Integer> index) {}

    private final Commit commit;
    private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final Task end = new Task(new byte[0], new CompletableFuture<>());
    // A thread of the system: a sync to disk would hold one of the few carriers of virtual threads.
    private final Thread thread = Thread.ofPlatform().daemon().name("proof-log").unstarted(this::run);
    private boolean closed;

    AppendQueue(Commit commit) {
        this.commit = commit;
    }

    void start() {
        thread.start();
    }

    /** An interrupt does not end the waiting: whether it was written has to be known. */
    int append(byte[] frame) throws IOException {
        Task task = new Task(frame, new CompletableFuture<>());
        synchronized (this) {
            if (closed) {
                throw new IOException("the log is closed");
            }
            queue.add(task);
        }
        try {
            return task.index.join();
        } catch (CompletionException e) {
            throw new IOException("an entry of the log could not be brought to disk: " + e.getCause(), e);
        }
    }

    private void run() {
        List<Task> together = new ArrayList<>();
        boolean more = true;
        while (more) {
            try {
                together.add(queue.take());
            } catch (InterruptedException e) {
                continue; // nobody but close() ends this thread
            }
            queue.drainTo(together, MOST_TOGETHER);
            more = !together.remove(end);
            if (!together.isEmpty()) {
                commit(together);
            }
            together.clear();
        }
    }

    private void commit(List<Task> together) {
        try {
            int first = commit.commit(together.stream().map(Task::frame).toList());
            for (int i = 0; i < together.size(); i++) {
                together.get(i).index.complete(first + i);
            }
        } catch (IOException | RuntimeException | Error e) {
            together.forEach(task -> task.index.completeExceptionally(e));
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
