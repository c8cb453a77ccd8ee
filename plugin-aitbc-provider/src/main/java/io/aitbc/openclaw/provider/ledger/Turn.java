package io.aitbc.openclaw.provider.ledger;

import io.aitbc.openclaw.api.OpenClawException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One caller's wish to change the ledger and to read from it. Guarded by the lock of the {@link Ledger}. */
final class Turn<T> {
    interface Step {
        /**
         * @return the entry as it is to be, empty when nothing changes
         * @throws OpenClawException when the change is refused; nothing changes then
         */
        Optional<Entry> next();
    }

    interface Reading<T> {
        T read();
    }

    private final Step step;
    private final Reading<T> reading;
    private @Nullable T result;
    private @Nullable Throwable failure;

    Turn(Step step, Reading<T> reading) {
        this.step = step;
        this.reading = reading;
    }

    /** A refusal is this caller's alone. */
    Optional<Entry> take() {
        try {
            return step.next();
        } catch (RuntimeException e) {
            failure = e;
            return Optional.empty();
        }
    }

    /** Once what was changed is on disk. */
    void finish() {
        if (failure != null) {
            return;
        }
        try {
            result = reading.read();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    boolean served() {
        return result != null || failure != null;
    }

    T result() {
        switch (failure) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
        T read = result;
        if (read == null) {
            throw new IllegalStateException("not served");
        }
        return read;
    }
}
