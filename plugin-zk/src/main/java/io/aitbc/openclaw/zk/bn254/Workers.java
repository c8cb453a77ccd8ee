package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Who runs the parts of a computation. */
@FunctionalInterface
public interface Workers {
    /** A part; it stops when its thread is interrupted. */
    interface Part<T> {
        T compute() throws InterruptedException;
    }

    /** Results of all parts, in their order. All parts have ended when it returns or throws. */
    <T> List<T> all(List<Part<T>> parts) throws InterruptedException;

    /** The calling thread, one part after the other. */
    static Workers caller() {
        return new Workers() {
            @Override
            public <T> List<T> all(List<Part<T>> parts) throws InterruptedException {
                List<T> results = new ArrayList<>(parts.size());
                for (Part<T> part : parts) {
                    results.add(part.compute());
                }
                return results;
            }
        };
    }

    /** Threads of an executor, which the caller waits for. */
    static Workers of(ExecutorService executor) {
        return new Workers() {
            @Override
            public <T> List<T> all(List<Part<T>> parts) throws InterruptedException {
                List<Callable<T>> tasks = new ArrayList<>(parts.size());
                parts.forEach(part -> tasks.add(part::compute));
                List<T> results = new ArrayList<>(parts.size());
                for (Future<T> result : executor.invokeAll(tasks)) {
                    try {
                        results.add(result.get());
                    } catch (ExecutionException e) {
                        if (e.getCause() instanceof InterruptedException) {
                            throw new InterruptedException("the computation was stopped");
                        }
                        throw new IllegalStateException("a part of the computation failed", e.getCause());
                    }
                }
                return results;
            }
        };
    }
}
