package io.aitbc.openclaw.host.outbox;

import io.aitbc.openclaw.host.store.Reads;
import io.aitbc.openclaw.host.store.StoreReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks into an outbox, also into that of a running host. */
public final class OutboxView implements AutoCloseable {
    private final Optional<Reads> reads;
    private final AutoCloseable source;

    private OutboxView(Optional<Reads> reads, AutoCloseable source) {
        this.reads = reads;
        this.source = source;
    }

    /** Of a data directory; an outbox that was never used is empty. */
    public static OutboxView open(Path dataDirectory) {
        Path file = dataDirectory.resolve(HostOutbox.FILE);
        if (Files.notExists(file)) {
            return empty();
        }
        StoreReader reader = StoreReader.open(file);
        return new OutboxView(Optional.of(reader), reader);
    }

    static OutboxView empty() {
        return new OutboxView(Optional.empty(), () -> {});
    }

    static OutboxView of(Reads reads) {
        return new OutboxView(Optional.of(reads), () -> {});
    }

    public OutboxCounts counts() {
        return reads.map(it -> it.read(OutboxTable::counts)).orElse(OutboxCounts.NONE);
    }

    /**
     * Messages that are not delivered, in order, then those that are settled, the last one first. Payloads are left out.
     *
     * @param most how many, at least 1
     */
    public List<OutboxEntry> list(int most) {
        return reads.map(it -> it.read(connection -> OutboxTable.list(connection, most)))
                .orElse(List.of());
    }

    /** One message with its payload. */
    public Optional<OutboxEntry> find(long sequence) {
        return reads.flatMap(it -> it.read(connection -> OutboxTable.find(connection, sequence)));
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
