package io.aitbc.openclaw.engine;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.LoadedModel;
import io.aitbc.openclaw.engine.gguf.MalformedGgufException;
import io.aitbc.openclaw.engine.model.ArithmeticKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models in memory: loads each file once, counts its users and unloads it when its time is over. */
final class ResidentModels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResidentModels.class);

    /** As far away as a 64-bit count of nanoseconds reaches: what Ollama says for a model that stays for ever. */
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final ModelLibrary library;
    private final ArithmeticKind arithmetic;
    private final long heapWeightLimit;
    private final OptionalLong memoryLimit;
    private final Duration defaultKeepAlive;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor timer;
    private final Map<Path, Resident> residents = new HashMap<>();
    private boolean closed;

    /** A file in memory, or on its way there. Its fields are guarded by the registry, its weights by itself. */
    private static final class Resident {
        private final Path file;
        private StoredModel stored;
        private int contextLength;
        private long memoryBytes;
        private int users;
        private Instant expires = Instant.MAX;
        private boolean doomed;
        private volatile @Nullable LoadedWeights weights;

        Resident(StoredModel stored) {
            this.file = stored.file();
            this.stored = stored;
        }
    }

    /** The right to use a model until it is closed. */
    final class Lease implements AutoCloseable {
        private final Resident resident;
        private final LoadedWeights weights;
        private final Duration loadTime;
        private final Optional<Duration> keepAlive;

        private Lease(Resident resident, LoadedWeights weights, Duration loadTime, Optional<Duration> keepAlive) {
            this.resident = resident;
            this.weights = weights;
            this.loadTime = loadTime;
            this.keepAlive = keepAlive;
        }

        LoadedWeights weights() {
            return weights;
        }

        /** How long loading took, nearly nothing when the model was there. */
        Duration loadTime() {
            return loadTime;
        }

        LoadedModel describe() {
            synchronized (ResidentModels.this) {
                return ResidentModels.this.describe(resident);
            }
        }

        @Override
        public void close() {
            release(resident, keepAlive);
        }
    }

    /** @param library checks files before they are loaded */
    ResidentModels(EmbeddedEngineOptions options, ModelLibrary library) {
        this.library = library;
        arithmetic = options.vectorApi() ? ArithmeticKind.AUTO : ArithmeticKind.SCALAR;
        heapWeightLimit = options.heapWeightLimit();
        memoryLimit = options.memoryLimit();
        defaultKeepAlive = options.keepAlive();
        clock = options.clock();
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("engine-keep-alive").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Loads the model unless it is there.
     *
     * @param need bytes the model takes
     */
    Lease acquire(StoredModel stored, int contextLength, Optional<Duration> keepAlive, long need) {
        long start = System.nanoTime();
        Resident resident = enter(stored, contextLength, need);
        try {
            LoadedWeights weights = load(resident);
            return new Lease(resident, weights, Duration.ofNanos(System.nanoTime() - start), keepAlive);
        } catch (IOException | MalformedGgufException e) {
            leave(resident);
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED,
                    "cannot load the model '%s': %s".formatted(stored.name(), FailureReason.of(e)),
                    e);
        } catch (OutOfMemoryError e) {
            leave(resident);
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED,
                    "the model '%s' needs more heap than there is; raise -Xmx".formatted(stored.name()),
                    e);
        } catch (RuntimeException | Error e) {
            leave(resident);
            throw e;
        }
    }

    private synchronized Resident enter(StoredModel stored, int contextLength, long need) {
        if (closed) {
            throw new OpenClawException(ErrorCode.PLUGIN_UNAVAILABLE, "the embedded engine is closed");
        }
        Resident resident = residents.get(stored.file());
        if (resident == null) {
            makeRoom(stored, need);
            resident = new Resident(stored);
            residents.put(stored.file(), resident);
        }
        resident.stored = stored;
        resident.contextLength = contextLength;
        resident.memoryBytes = need;
        resident.users++;
        resident.doomed = false;
        return resident;
    }

    /** Unloads idle models, the one that would go first first, until the new one fits. */
    private void makeRoom(StoredModel stored, long need) {
        if (memoryLimit.isEmpty()) {
            return;
        }
        long limit = memoryLimit.getAsLong();
        if (need > limit) {
            throw new OpenClawException(
                    ErrorCode.PROVIDER_FAILED,
                    "the model '%s' needs %d MiB of memory and the embedded engine may use %d MiB"
                            .formatted(stored.name(), (need >> 20) + 1, limit >> 20));
        }
        List<Resident> idle = new ArrayList<>(
                residents.values().stream().filter(it -> it.users == 0).toList());
        idle.sort(Comparator.comparing(it -> it.expires));
        Iterator<Resident> next = idle.iterator();
        while (used() + need > limit) {
            if (!next.hasNext()) {
                throw new OpenClawException(
                        ErrorCode.OVERLOADED, "server busy, please try again.  maximum pending requests exceeded");
            }
            unload(next.next(), "memory");
        }
    }

    private long used() {
        return residents.values().stream().mapToLong(it -> it.memoryBytes).sum();
    }

    private LoadedWeights load(Resident resident) throws IOException {
        synchronized (resident) {
            LoadedWeights weights = resident.weights;
            if (weights == null) {
                long start = System.nanoTime();
                library.verify(resident.file);
                weights = LoadedWeights.load(resident.file, arithmetic, heapWeightLimit);
                resident.weights = weights;
                LOG.info(
                        "event=model_loaded file={} arithmetic={} millis={}",
                        resident.file.getFileName(),
                        weights.model().arithmetic(),
                        (System.nanoTime() - start) / 1_000_000);
            }
            return weights;
        }
    }

    /** Undoes {@link #enter} after a failed load. */
    private synchronized void leave(Resident resident) {
        resident.users--;
        if (resident.users == 0) {
            unload(resident, "load_failed");
        }
    }

    private synchronized void release(Resident resident, Optional<Duration> keepAlive) {
        resident.users--;
        prolong(resident, keepAlive.orElse(defaultKeepAlive));
        if (resident.users == 0 && (resident.doomed || closed)) {
            unload(resident, "requested");
        }
    }

    private void prolong(Resident resident, Duration keepAlive) {
        Duration stay = keepAlive.isNegative() || keepAlive.compareTo(FOR_EVER) > 0 ? FOR_EVER : keepAlive;
        resident.expires = clock.instant().plus(stay);
        if (stay.isZero()) {
            resident.doomed = true;
        } else if (!closed && !stay.equals(FOR_EVER)) {
            timer.schedule(() -> expire(resident), stay.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void expire(Resident resident) {
        if (residents.get(resident.file) == resident
                && resident.users == 0
                && !clock.instant().isBefore(resident.expires)) {
            unload(resident, "expired");
        }
    }

    /** Unloads now or, when the model is in use, after its last user. */
    synchronized void unload(Path file) {
        Resident resident = residents.get(file);
        if (resident == null) {
            return;
        }
        resident.doomed = true;
        if (resident.users == 0) {
            unload(resident, "requested");
        }
    }

    private void unload(Resident resident, String why) {
        residents.remove(resident.file, resident);
        LoadedWeights weights = resident.weights;
        if (weights != null) {
            resident.weights = null;
            weights.close();
            LOG.info("event=model_unloaded file={} why={}", resident.file.getFileName(), why);
        }
    }

    /** Longest stay first. */
    synchronized List<LoadedModel> loaded() {
        return residents.values().stream()
                .filter(resident -> resident.weights != null)
                .sorted(Comparator.comparing((Resident resident) -> resident.expires)
                        .reversed())
                .map(this::describe)
                .toList();
    }

    synchronized Optional<LoadedModel> loaded(Path file) {
        return Optional.ofNullable(residents.get(file)).map(this::describe);
    }

    private LoadedModel describe(Resident resident) {
        Instant expires = resident.expires.equals(Instant.MAX)
                ? clock.instant().plus(defaultKeepAlive.isNegative() ? FOR_EVER : defaultKeepAlive)
                : resident.expires;
        return new LoadedModel(resident.stored.descriptor(), resident.memoryBytes, 0, resident.contextLength, expires);
    }

    /** Unloads all. Nobody may be computing any more. */
    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
        for (Resident resident : List.copyOf(residents.values())) {
            if (resident.users == 0) {
                unload(resident, "closed");
            }
        }
    }
}
