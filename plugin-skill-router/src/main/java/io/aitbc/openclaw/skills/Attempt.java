package io.aitbc.openclaw.skills;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One candidate at work. Its deadlines hold until its first content; from then on its own provider watches over it. */
final class Attempt {
    private enum End {
        NONE,
        EXPIRED,
        CANCELED
    }

    private final Candidate candidate;
    private final long silenceNanos;
    private final long totalNanos;
    private final long startNanos = System.nanoTime();
    private volatile long lifeSignNanos = startNanos;

    private volatile boolean settled;

    private final Object lock = new Object();
    private @Nullable Thread opener;
    private @Nullable InferenceStream stream;
    private End end = End.NONE;

    /**
     * @param silence longest time without any event
     * @param total longest time without content
     */
    Attempt(Candidate candidate, Duration silence, Duration total) {
        this.candidate = candidate;
        this.silenceNanos = silence.toNanos();
        this.totalNanos = total.toNanos();
    }

    Candidate candidate() {
        return candidate;
    }

    /** Starts the answer, on the thread that will read it; that thread is interrupted when starting takes too long. */
    void open(Function<Candidate, InferenceStream> opening) {
        synchronized (lock) {
            if (end != End.NONE) {
                throw ended();
            }
            opener = Thread.currentThread();
        }
        InferenceStream opened = null;
        try {
            opened = opening.apply(candidate);
        } catch (RuntimeException e) {
            throw translated(e);
        } finally {
            adopt(opened);
        }
    }

    private void adopt(@Nullable InferenceStream opened) {
        boolean tooLate;
        synchronized (lock) {
            opener = null;
            stream = opened;
            tooLate = end != End.NONE;
            if (tooLate) {
                // The interrupt was meant for the opening, which is over.
                Thread.interrupted();
            }
        }
        if (tooLate && opened != null) {
            opened.close();
        }
    }

    InferenceEvent next() {
        InferenceStream source;
        synchronized (lock) {
            source = stream;
            if (source == null || end == End.CANCELED) {
                throw ended();
            }
        }
        try {
            InferenceEvent event = source.next();
            lifeSignNanos = System.nanoTime();
            settle(event);
            return event;
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    /** From its first content on an attempt cannot expire; content that comes after it has expired is not its answer. */
    private void settle(InferenceEvent event) {
        if (settled || event instanceof InferenceEvent.Waiting) {
            return;
        }
        synchronized (lock) {
            if (end != End.NONE) {
                throw ended();
            }
            settled = true;
        }
    }

    boolean isOverdue(long now) {
        return now - lifeSignNanos > silenceNanos || now - startNanos > totalNanos;
    }

    void expire() {
        stop(End.EXPIRED);
    }

    void cancel() {
        stop(End.CANCELED);
    }

    /** Releases what is left of a failed or finished answer. */
    void close() {
        InferenceStream source;
        synchronized (lock) {
            source = stream;
        }
        if (source != null) {
            source.close();
        }
    }

    private void stop(End why) {
        InferenceStream source;
        synchronized (lock) {
            if (settled && why == End.EXPIRED) {
                return;
            }
            if (end == End.NONE) {
                end = why;
            }
            source = stream;
            if (source == null && opener != null) {
                opener.interrupt();
            }
        }
        if (source != null) {
            source.close();
        }
    }

    private OpenClawException translated(RuntimeException failure) {
        synchronized (lock) {
            if (end != End.NONE) {
                return ended();
            }
        }
        return known(failure, candidate.provider().id());
    }

    /** Failures of any other type are defects of the provider. */
    static OpenClawException known(@Nullable Throwable failure, String provider) {
        if (failure instanceof OpenClawException known) {
            return known;
        }
        String type = failure == null ? "unknown" : failure.getClass().getSimpleName();
        return new OpenClawException(
                ErrorCode.INTERNAL, "%s failed unexpectedly (%s)".formatted(provider, type), failure);
    }

    private OpenClawException ended() {
        synchronized (lock) {
            return end == End.EXPIRED
                    ? new OpenClawException(
                            ErrorCode.FIRST_BYTE_TIMEOUT,
                            "%s did not answer within %d s"
                                    .formatted(
                                            candidate.provider().id(),
                                            Math.max(
                                                    1,
                                                    Duration.ofNanos(System.nanoTime() - startNanos)
                                                            .toSeconds())))
                    : new OpenClawException(ErrorCode.CANCELED, "the request was canceled");
        }
    }
}
