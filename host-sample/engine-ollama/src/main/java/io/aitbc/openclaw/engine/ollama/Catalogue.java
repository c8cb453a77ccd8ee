package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ModelDescriptor;
import io.aitbc.openclaw.api.inference.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ollama's models, kept for a moment. A list that is a little old is served while a new one is read in the background; an
 * old one is read again first. When Ollama does not answer the last list is served for a while; then the catalogue is
 * empty, because nothing can be served now.
 */
final class Catalogue {
    /** A list this many times older than wanted is not served without a look. */
    private static final int OLD = 5;

    /** A model not found is looked for again unless the list is younger than this. */
    private static final long MISS_NANOS = 500_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(Catalogue.class);

    /** A model of the list with what {@code show} says about it. */
    record Entry(ModelDescriptor descriptor, ModelCard card) {}

    private record Snapshot(long readAt, List<ModelDescriptor> models, Map<String, Entry> byName) {}

    /** The last attempt to read, when it failed: for a moment it stands for all others, which would only wait in line. */
    private record Failure(long at, OpenClawException reason) {}

    private final String engine;
    private final OllamaHttp http;
    private final Ollama4jManagement management;
    private final long freshNanos;
    private final long staleNanos;
    /** For who holds {@link #refreshing}. */
    private final VersionGate version;

    private final ConcurrentMap<String, ModelCard> cards = new ConcurrentHashMap<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private final AtomicBoolean background = new AtomicBoolean();
    private volatile @Nullable Snapshot snapshot;
    private volatile @Nullable Failure lastFailure;
    private volatile boolean dirty;

    Catalogue(String engine, OllamaHttp http, Ollama4jManagement management, OllamaEngineOptions options) {
        this.engine = engine;
        this.http = http;
        this.management = management;
        this.freshNanos = options.catalogueAge().toNanos();
        this.staleNanos = options.catalogueStale().toNanos();
        this.version = new VersionGate(http, options.versionCheck(), System::nanoTime);
    }

    List<ModelDescriptor> models() {
        return current().models();
    }

    /** Resolves any spelling of a name; looks again before it says no. */
    Optional<Entry> find(String name) {
        String canonical = ModelNames.canonical(name);
        Snapshot now = current();
        Entry entry = now.byName().get(canonical);
        if (entry == null && System.nanoTime() - now.readAt() > MISS_NANOS && isUp(now)) {
            entry = refreshed(now).byName().get(canonical);
        }
        return Optional.ofNullable(entry);
    }

    /** An empty catalogue of an Ollama that is down is not looked at again for each name. */
    private static boolean isUp(Snapshot snapshot) {
        return !snapshot.models().isEmpty();
    }

    /** The models changed by our own doing: read them again before the next look. */
    void invalidate() {
        dirty = true;
    }

    private Snapshot current() {
        Snapshot now = snapshot;
        if (now == null || dirty) {
            return refreshed(now);
        }
        long age = System.nanoTime() - now.readAt();
        if (age <= freshNanos) {
            return now;
        }
        if (age > OLD * freshNanos) {
            return refreshed(now);
        }
        if (background.compareAndSet(false, true)) {
            Thread.ofVirtual().name("ollama-catalogue").start(() -> {
                try {
                    refreshed(now);
                } catch (OpenClawException e) {
                    LOG.atDebug().addKeyValue("code", e.code()).log("The next caller is told: {}", e.getMessage());
                } finally {
                    background.set(false);
                }
            });
        }
        return now;
    }

    /** Reads the list, unless another thread just did or just failed to. */
    private Snapshot refreshed(@Nullable Snapshot old) {
        refreshing.lock();
        try {
            Snapshot latest = snapshot;
            boolean newer = latest != null && (old == null || latest.readAt() != old.readAt());
            if (latest != null && newer && !dirty) {
                return latest;
            }
            Failure failure = lastFailure;
            if (failure != null && System.nanoTime() - failure.at() < freshNanos) {
                return afterFailure(latest, failure.reason());
            }
            return readOrFail(latest);
        } finally {
            refreshing.unlock();
        }
    }

    private Snapshot readOrFail(@Nullable Snapshot latest) {
        try {
            dirty = false;
            Snapshot read = read();
            snapshot = read;
            lastFailure = null;
            return read;
        } catch (OpenClawException e) {
            version.forget();
            lastFailure = new Failure(System.nanoTime(), e);
            if (e.code() == ErrorCode.INVALID_CONFIG) {
                snapshot = null; // what it listed must not be used either
                throw e;
            }
            return afterFailure(latest, e);
        }
    }

    private Snapshot afterFailure(@Nullable Snapshot old, OpenClawException failure) {
        if (old == null) {
            throw failure;
        }
        long age = System.nanoTime() - old.readAt();
        if (age <= staleNanos) {
            return old;
        }
        LOG.atWarn()
                .addKeyValue("engine", engine)
                .addKeyValue("code", failure.code())
                .log("Ollama does not answer: its models are not offered any more");
        // Kept as the current list for a moment, so that not every caller waits for a server that is down.
        Snapshot nothing = new Snapshot(System.nanoTime(), List.of(), Map.of());
        snapshot = nothing;
        return nothing;
    }

    private Snapshot read() {
        long readAt = System.nanoTime();
        version.pass();
        List<Ollama4jManagement.Row> rows = management.list();
        List<ModelDescriptor> models = new ArrayList<>();
        Map<String, Entry> byName = new HashMap<>();
        for (Ollama4jManagement.Row row : rows) {
            card(row).ifPresent(card -> {
                ModelDescriptor descriptor = descriptor(row, card);
                models.add(descriptor);
                byName.put(ModelNames.canonical(row.name()), new Entry(descriptor, card));
            });
        }
        cards.keySet().retainAll(rows.stream().map(Catalogue::key).toList());
        return new Snapshot(readAt, List.copyOf(models), Map.copyOf(byName));
    }

    /** Models of the same content share a card. */
    private static String key(Ollama4jManagement.Row row) {
        return row.digest().isEmpty() ? row.name() : row.digest();
    }

    /** Empty for a model that was deleted meanwhile, or that Ollama itself cannot read. */
    private Optional<ModelCard> card(Ollama4jManagement.Row row) {
        ModelCard known = cards.get(key(row));
        if (known != null) {
            return Optional.of(known);
        }
        try {
            ModelCard card = ModelCard.of(http.post("/api/show", RequestWriter.show(row.name(), false)));
            boolean longList = card.numbers("attention.head_count_kv").isEmpty()
                    && card.integer("attention.head_count").isPresent();
            if (longList) {
                card = ModelCard.of(http.post("/api/show", RequestWriter.show(row.name(), true)));
            }
            cards.put(key(row), card);
            return Optional.of(card);
        } catch (OpenClawException e) {
            if (e.code() == ErrorCode.UNREACHABLE) {
                throw e;
            }
            LOG.atWarn()
                    .addKeyValue("engine", engine)
                    .addKeyValue("model", row.name())
                    .addKeyValue("code", e.code())
                    .log("left out a model that Ollama lists but does not describe");
            return Optional.empty();
        }
    }

    private ModelDescriptor descriptor(Ollama4jManagement.Row row, ModelCard card) {
        return new ModelDescriptor(
                row.name(),
                engine,
                Placement.LOCAL,
                card.capabilities(),
                card.contextLength(),
                row.size() > 0 ? OptionalLong.of(row.size()) : OptionalLong.empty(),
                Optional.of(row.digest()).filter(digest -> !digest.isEmpty()),
                row.modifiedAt(),
                row.format(),
                row.family(),
                row.parameterSize(),
                row.quantization(),
                card.embeddingLength(),
                List.of());
    }
}
