package io.aitbc.openclaw.host.proofs;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.host.proofs.RecordTable.Seen;
import io.aitbc.openclaw.host.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds records of answers by job, request and time, in a database of the host. The log of the proof chain stays the one truth: what is
 * in here was read from it, in its order, and a registry that is lost is read anew. It also remembers the last checkpoint, in another
 * place than the log itself, and refuses a log that does not follow from it. The file is opened when it is first needed.
 */
public final class ProofRegistry implements AutoCloseable {
    /** Name of the database within the data directory. */
    public static final String FILE = "proofs.db";

    private static final int TOGETHER = 4096;

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Store opened;
    private boolean closed;

    public ProofRegistry(Path dataDirectory) {
        this.file = dataDirectory.resolve(FILE);
    }

    /**
     * Records that the chain has on disk now, the last first.
     *
     * @throws OpenClawException INTERNAL when chain or registry cannot be read, or the chain's log is not the one it was
     */
    public List<ChainRecord> find(ProofChain chain, RecordQuery query) {
        lock.lock();
        try {
            follow(chain);
            return store().read(connection -> RecordTable.find(connection, query));
        } finally {
            lock.unlock();
        }
    }

    /** Reads what the log has more. */
    public void follow(ProofChain chain) {
        lock.lock();
        try {
            Store store = store();
            Optional<Seen> seen = store.read(RecordTable::seen);
            seen.ifPresent(it -> requireSameLog(chain, it));
            long next = seen.map(Seen::size).orElse(0L);
            List<ChainRecord> records = chain.records(next, TOGETHER);
            while (!records.isEmpty()) {
                next += records.size();
                Seen now = new Seen(next, chain.consistency(next).earlier());
                List<ChainRecord> batch = records;
                Seen _ = store.write(connection -> RecordTable.add(connection, batch, now));
                records = chain.records(next, TOGETHER);
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireSameLog(ProofChain chain, Seen seen) {
        String fault;
        try {
            LinkVerdict verdict = chain.verify(seen.checkpoint(), chain.consistency(seen.size()));
            if (verdict.isGood()) {
                return;
            }
            fault = verdict.reason();
        } catch (OpenClawException e) {
            if (e.code() != ErrorCode.INVALID_REQUEST) {
                throw e;
            }
            fault = String.valueOf(e.getMessage());
        }
        throw new OpenClawException(
                ErrorCode.INTERNAL,
                "The proof log is not the one that %s tells of (%s); put back the log that has all records, or move that file away to go on with this one"
                        .formatted(file, fault));
    }

    private Store store() {
        if (closed) {
            throw new OpenClawException(ErrorCode.INTERNAL, "The registry of proofs is closed: the host ends");
        }
        @Nullable Store known = opened;
        if (known == null) {
            known = Store.open(file, RecordTable.MIGRATIONS);
            opened = known;
        }
        return known;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            Optional.ofNullable(opened).ifPresent(Store::close);
        } finally {
            lock.unlock();
        }
    }
}
