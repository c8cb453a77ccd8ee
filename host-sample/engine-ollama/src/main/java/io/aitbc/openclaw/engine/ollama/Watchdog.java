package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Ends answers that hang. One thread looks at all answers a few times a second, so that an answer pays for its deadlines
 * with two writes a line and no timer of its own; the thread exists only while there are answers.
 *
 * <p>Before the first byte silence has innocent reasons: the model is being loaded, or it is busy with other requests. Ollama
 * holds the headers back in both cases. So silence only counts as a hang from the last sign of life: a moment when
 * {@code /api/ps} did not list the model (it is loading, or waits for room), or listed it with another end of its stay than
 * before (that end moves while Ollama loads it, and whenever it finishes a request), or when another answer of the same model
 * moved on.
 */
final class Watchdog implements AutoCloseable {
    /** How long the end of a body may take after its last line. */
    private static final long END_NANOS = Duration.ofMillis(200).toNanos();

    private static final long LONGEST_TICK_NANOS = Duration.ofMillis(100).toNanos();
    private static final int IDLE_TICKS = 20;

    private final OllamaEngineOptions options;
    private final Residence residence;
    private final long firstByteNanos;
    private final long idleNanos;
    private final long loadNanos;
    private final long probeNanos;
    private final long tickNanos;

    private final Set<Watch> watched = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean closed;

    Watchdog(OllamaEngineOptions options, Residence residence) {
        this.options = options;
        this.residence = residence;
        firstByteNanos = options.firstByteTimeout().toNanos();
        idleNanos = options.idleTimeout().toNanos();
        loadNanos = options.loadTimeout().toNanos();
        probeNanos = Math.min(Duration.ofSeconds(1).toNanos(), firstByteNanos / 4);
        tickNanos = Math.clamp(Math.min(probeNanos, idleNanos) / 4, 1_000_000, LONGEST_TICK_NANOS);
    }

    void watch(Watch watch) {
        watched.add(watch);
        if (!running.get() && running.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("ollama-watchdog").start(this::run);
        }
    }

    void forget(Watch watch) {
        watched.remove(watch);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        int idle = 0;
        while (!closed) {
            LockSupport.parkNanos(tickNanos);
            idle = watched.isEmpty() ? idle + 1 : 0;
            if (idle > IDLE_TICKS) {
                running.set(false);
                // One that came in between saw a running watchdog: go on for its sake, unless it started another.
                if (watched.isEmpty() || !running.compareAndSet(false, true)) {
                    return;
                }
                idle = 0;
            }
            long now = System.nanoTime();
            for (Watch watch : watched) {
                check(watch, now);
            }
        }
    }

    private void check(Watch watch, long now) {
        long since = watch.waitingSince;
        if (since == Watch.NOT_WAITING) {
            return;
        }
        long waited = now - since;
        switch (watch.phase) {
            case FIRST -> checkFirst(watch, now, waited);
            case NEXT -> {
                if (waited > idleNanos) {
                    watch.end(ErrorCode.IDLE_TIMEOUT, "stopped in the middle of its answer for " + text(idleNanos));
                }
            }
            case END -> {
                if (waited > END_NANOS) {
                    watch.end(ErrorCode.IDLE_TIMEOUT, "did not end its answer");
                }
            }
        }
    }

    private void checkFirst(Watch watch, long now, long waited) {
        if (waited < probeNanos) {
            return;
        }
        long aliveAt = Math.max(lastSignOfLife(watch, now) - watch.waitingSince, 0);
        long allowed = firstByteNanos + options.promptAllowance().toNanos() / 1024 * watch.requestBytes;
        if (waited - aliveAt > allowed) {
            watch.end(
                    ErrorCode.FIRST_BYTE_TIMEOUT,
                    "gave no answer within " + text(allowed) + ", though it is loaded and not busy");
        } else if (waited > loadNanos + allowed) {
            watch.end(ErrorCode.FIRST_BYTE_TIMEOUT, "was still not loaded after " + text(waited));
        }
    }

    private long lastSignOfLife(Watch watch, long now) {
        Residence.Probe probe = residence.probe(now, probeNanos);
        if (probe.at() - watch.waitingSince > 0 && probe.at() != watch.probedAt) {
            watch.probedAt = probe.at();
            String expiry = probe.expiry(watch.model);
            boolean moved = !expiry.equals(watch.expiry) && !watch.expiry.isEmpty();
            if (probe.answered() && (expiry.isEmpty() || moved)) {
                watch.aliveAt = probe.at();
            }
            watch.expiry = expiry;
        }
        for (Watch other : watched) {
            if (other.phase == Phase.NEXT && other.model.equals(watch.model) && now - other.waitingSince < idleNanos) {
                watch.aliveAt = now;
            }
        }
        return watch.aliveAt;
    }

    private static String text(long nanos) {
        long millis = nanos / 1_000_000;
        return millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
    }

    /** What an answer waits for. */
    enum Phase {
        FIRST,
        NEXT,
        END
    }

    /** An answer as the watchdog sees it. Written by the thread that reads the answer, but for the last three fields. */
    static final class Watch {
        private static final long NOT_WAITING = Long.MIN_VALUE;

        private final String model;
        private final int requestBytes;
        private final Consumer<OpenClawException> onEnd;
        private volatile Phase phase = Phase.FIRST;
        private volatile long waitingSince = NOT_WAITING;

        private long aliveAt;
        private long probedAt;
        private String expiry = "";

        Watch(String model, int requestBytes, Consumer<OpenClawException> onEnd) {
            this.model = model;
            this.requestBytes = requestBytes;
            this.onEnd = onEnd;
        }

        void waitForFirst() {
            aliveAt = System.nanoTime();
            waitingSince = aliveAt;
        }

        /** A line; the first one goes on waiting since the request was sent. */
        void waitForNext() {
            if (phase == Phase.NEXT) {
                waitingSince = System.nanoTime();
            }
        }

        void arrived() {
            waitingSince = NOT_WAITING;
            if (phase == Phase.FIRST) {
                phase = Phase.NEXT;
            }
        }

        void waitForEnd() {
            phase = Phase.END;
            waitingSince = System.nanoTime();
        }

        private void end(ErrorCode code, String what) {
            onEnd.accept(new OpenClawException(code, model + " at Ollama " + what));
        }
    }
}
