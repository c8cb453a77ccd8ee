package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Outbox;
import io.aitbc.openclaw.api.OutboxMessage;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.host.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox of a host, in a file of its data directory. The file is opened when something is added, or when there is one and the
 * host begins to work: a host whose plugins leave nothing in it pays nothing for it.
 */
public final class HostOutbox implements Outbox, AutoCloseable {
    /** Name of the database within the data directory. */
    public static final String FILE = "host.db";

    private static final Logger LOG = LoggerFactory.getLogger(HostOutbox.class);

    private final Path file;
    private final OutboxOptions options;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Function<String, Optional<OutboxHandler>> handlers;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable OpenOutbox opened;
    private boolean working;
    private boolean closed;

    /** @param handlers who delivers a topic now */
    public HostOutbox(
            Path dataDirectory,
            OutboxOptions options,
            InstantSource clock,
            RandomGenerator random,
            Function<String, Optional<OutboxHandler>> handlers) {
        this.file = dataDirectory.resolve(FILE);
        this.options = options;
        this.clock = clock;
        this.random = random;
        this.handlers = handlers;
    }

    @Override
    public OutboxMessage add(String topic, String lane, String key, String payload) {
        Outbox.requireValid(topic, lane, key, payload);
        return open().add(new LaneName(topic, lane), key, payload);
    }

    @Override
    public Optional<OutboxMessage> find(String topic, String key) {
        return existing()
                .flatMap(outbox -> outbox.store().read(connection -> OutboxTable.find(connection, topic, key)))
                .map(OutboxEntry::message);
    }

    /** What is in it. */
    public OutboxView view() {
        return existing().map(outbox -> OutboxView.of(outbox.store())).orElseGet(OutboxView::empty);
    }

    /**
     * Lets a message that waits or is in conflict be tried at once.
     *
     * @throws OpenClawException INVALID_REQUEST when there is no such message, or a delivery runs in its lane
     */
    public void retry(long sequence) {
        open().retry(sequence);
    }

    /**
     * Gives up a message that waits or is in conflict, and lets its lane go on.
     *
     * @throws OpenClawException INVALID_REQUEST when there is no such message, or a delivery runs in its lane
     */
    public void discard(long sequence) {
        open().discard(sequence);
    }

    private Optional<OpenOutbox> existing() {
        return opened == null && Files.notExists(file) ? Optional.empty() : Optional.of(open());
    }

    private OpenOutbox open() {
        @Nullable OpenOutbox known = opened;
        return known == null ? openNow() : known;
    }

    private OpenOutbox openNow() {
        lock.lock();
        try {
            if (closed) {
                throw new OpenClawException(ErrorCode.INTERNAL, "The outbox is closed: the host ends");
            }
            @Nullable OpenOutbox known = opened;
            if (known == null) {
                Store store = Store.open(file, OutboxTable.MIGRATIONS);
                known = new OpenOutbox(store, options, deliveries(), clock);
                if (working) {
                    known.work();
                }
                opened = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Deliveries deliveries() {
        return new Deliveries(handlers, options.deliveryLimit(), new Backoff(options, random));
    }

    /** Delivers from now on. Returns when an outbox that exists is open; one that cannot be opened is told to the log. */
    public void work() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            working = true;
            Optional.ofNullable(opened).ifPresent(OpenOutbox::work);
        } finally {
            lock.unlock();
        }
        try {
            existing();
        } catch (OpenClawException e) {
            LOG.atError().addKeyValue("code", e.code()).log("Nothing is delivered: {}", e.getMessage());
        }
    }

    /** A handler came or went. */
    public void wake() {
        Optional.ofNullable(opened).ifPresent(OpenOutbox::wake);
    }

    boolean idle() {
        return Optional.ofNullable(opened).map(OpenOutbox::idle).orElse(true);
    }

    /** Begins no delivery any more, and waits a while for those that run. Messages can still be added. */
    public void rest() {
        lock.lock();
        try {
            working = false;
            Optional.ofNullable(opened).ifPresent(OpenOutbox::rest);
        } finally {
            lock.unlock();
        }
    }

    /** After {@link #rest()}; nothing can be added any more. */
    @Override
    public void close() {
        rest();
        lock.lock();
        try {
            closed = true;
            Optional.ofNullable(opened).ifPresent(OpenOutbox::close);
        } finally {
            lock.unlock();
        }
    }
}
