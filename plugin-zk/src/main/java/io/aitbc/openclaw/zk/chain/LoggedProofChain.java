package io.aitbc.openclaw.zk.chain;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ChainPlace;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.api.proof.ConsistencyProof;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.zk.bundle.Bundle;
import io.aitbc.openclaw.zk.bundle.BundleVerifier;
import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.log.Checkpoint;
import io.aitbc.openclaw.zk.log.DurableLog;
import io.aitbc.openclaw.zk.log.LogKey;
import io.aitbc.openclaw.zk.receiptchain.AnswerReceipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Keeps records in a Merkle log in the plugin's folder, which is opened, and whose key is made, when it is first needed. */
public final class LoggedProofChain implements ProofChain {
    /** An older generation of the plugin may still be closing the log. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Open(LogKey key, DurableLog log, LoggedReceipts receipts) {}

    /** Works on the open log. */
    private interface Use<R> {
        R use(Open open) throws IOException;
    }

    /** Gives the log. */
    private interface Opening {
        Open open() throws IOException;
    }

    private final Path folder;
    private final SecureRandom random;
    private final BundleVerifier verifier;
    private final InstantSource clock;
    private final ChainDocuments documents = new ChainDocuments();
    private Optional<Open> open = Optional.empty();
    private boolean retired;
    private boolean closed;

    public LoggedProofChain(Path folder, SecureRandom random, BundleVerifier verifier, InstantSource clock) {
        this.folder = folder;
        this.random = random;
        this.verifier = verifier;
        this.clock = clock;
    }

    @Override
    public String id() {
        return "zk";
    }

    @Override
    public ChainPlace append(AnswerRecord answer) {
        return with("added to", it -> {
            ChainStatements.Made made = new ChainStatements(it.key()).make(answer);
            List<String> keys = new ArrayList<>(List.of(line(answer.requestId())));
            answer.jobId().ifPresent(job -> keys.add(line(job)));
            byte[] leaf = CanonicalJson.of(made.link());
            return new ChainPlace(it.log().append(keys, leaf, ChainDocuments.entry(made)));
        });
    }

    private static String line(String id) {
        String line = id.replaceAll("\\p{Cntrl}", "?");
        return line.isEmpty() ? "?" : line.length() <= 300 ? line : line.substring(0, 300);
    }

    @Override
    public Optional<String> bundle(String jobOrRequestId, OptionalLong since) {
        return with("read from", it -> {
            OptionalInt index = it.log().find(line(jobOrRequestId));
            return index.isEmpty() ? Optional.empty() : Optional.of(bundle(it, index.getAsInt(), since));
        });
    }

    private String bundle(Open it, int index, OptionalLong since) throws IOException {
        ChainStatements.Made made = documents.made(it.log().read(index));
        Checkpoint checkpoint = it.log().checkpoint();
        Optional<Bundle.Growth> growth =
                since.isEmpty() ? Optional.empty() : Optional.of(growth(it, since.getAsLong(), checkpoint));
        List<byte[]> path = it.log().inclusion(index, (int) checkpoint.size());
        return ChainDocuments.bundle(it.key().keyId(), made, index, path, checkpoint.note(), growth);
    }

    private Bundle.Growth growth(Open it, long since, Checkpoint now) {
        if (since < 0 || since > now.size()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "The proof log in %s has %,d records, not %,d: if it ever had as many, it was put back or cut"
                            .formatted(folder, now.size(), since));
        }
        String earlier = it.log().checkpointOf((int) since).note();
        return new Bundle.Growth(earlier, it.log().consistency((int) since, (int) now.size()));
    }

    @Override
    public List<ChainRecord> records(long first, int most) {
        return with("read from", it -> List.copyOf(it.log().read(first, most, documents::record)));
    }

    @Override
    public ConsistencyProof consistency(long since) {
        return with("read from", it -> {
            Checkpoint now = it.log().checkpoint();
            Bundle.Growth growth = growth(it, since, now);
            return new ConsistencyProof(growth.earlier(), ChainDocuments.base64(growth.path()), head(it, now));
        });
    }

    @Override
    public LinkVerdict verify(String keptCheckpoint, ConsistencyProof proof) {
        return verifier.verify(keptCheckpoint, proof);
    }

    @Override
    public BundleVerdict verify(String bundle, BundlePolicy policy) {
        return verifier.verify(bundle, policy);
    }

    @Override
    public String withPrice(String bundle, String proof) {
        return verifier.withPrice(bundle, proof);
    }

    @Override
    public ChainHead head() {
        return with("read from", it -> head(it, it.log().checkpoint()));
    }

    private static ChainHead head(Open it, Checkpoint now) {
        String root = HexFormat.of().formatHex(now.root());
        return new ChainHead(now.size(), root, it.key().keyId(), now.note());
    }

    /**
     * Inputs of {@code receipt_chain} for an answer. Reads and hashes what was added to the log since somebody asked last, before a restart too; stops
     * when its thread is interrupted.
     *
     * @throws OpenClawException with INVALID_REQUEST when nothing is known of the answer, its price is not known, or above the cap; with INTERNAL when
     *     the log cannot be read
     */
    public AnswerReceipt receiptInputs(ProofInput.Answer answer) throws InterruptedException {
        Optional<AnswerReceipt> inputs = with("read from", this::readable, it -> {
            OptionalInt index = it.log().find(line(answer.jobOrRequestId()));
            if (index.isEmpty()) {
                throw new OpenClawException(
                        ErrorCode.INVALID_REQUEST,
                        "The proof chain has no record of job or request '%s'"
                                .formatted(line(answer.jobOrRequestId())));
            }
            synchronized (it.receipts()) {
                if (!it.receipts().follow(it.log(), documents)) {
                    return Optional.empty();
                }
                ReceiptBook book = it.receipts().book();
                ChainStatements.Made made = documents.made(it.log().read(index.getAsInt()));
                ProofInput.Signals secret = new ProofInput.Signals(book.inputs(index.getAsInt(), made, answer.cap()));
                return Optional.of(new AnswerReceipt(secret, book.signedRoot(clock.instant(), answer.since())));
            }
        });
        return inputs.orElseThrow(() -> new InterruptedException("reading the proof log was stopped"));
    }

    /** Gives the log to the next version of the plugin; a proof that reads it goes on reading what there is. */
    @Override
    public synchronized void retire() {
        retired = true;
        closeLog();
    }

    private <R> R with(String done, Use<R> use) {
        return with(done, this::opened, use);
    }

    private <R> R with(String done, Opening opening, Use<R> use) {
        try {
            return use.use(opening.open());
        } catch (IOException e) {
            refuseRetired();
            throw new OpenClawException(
                    ErrorCode.INTERNAL,
                    "Nothing can be %s the proof log in %s: %s".formatted(done, folder, e.getMessage()),
                    e);
        }
    }

    private synchronized Open readable() throws IOException {
        return open.isPresent() && !closed ? open.get() : opened();
    }

    private synchronized Open opened() throws IOException {
        refuseRetired();
        if (closed) {
            throw new IOException("it is closed");
        }
        if (open.isEmpty()) {
            Files.createDirectories(folder);
            LogKey key = LogKey.in(folder.resolve("host-key"), random);
            open = Optional.of(new Open(key, DurableLog.open(folder, key, PATIENCE), new LoggedReceipts(folder, key)));
        }
        return open.get();
    }

    private synchronized void refuseRetired() {
        if (retired) {
            throw new OpenClawException(
                    ErrorCode.PLUGIN_UNAVAILABLE,
                    "The plugin was replaced, and its next version keeps the proof log in %s; try again"
                            .formatted(folder));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        closeLog();
        open = Optional.empty();
    }

    private void closeLog() {
        open.ifPresent(it -> {
            it.receipts().close(); // before the log: who opens that next has this too
            try {
                it.log().close();
            } catch (IOException e) {
                throw new OpenClawException(
                        ErrorCode.INTERNAL,
                        "The proof log in %s was not closed: %s".formatted(folder, e.getMessage()),
                        e);
            }
        });
    }
}
