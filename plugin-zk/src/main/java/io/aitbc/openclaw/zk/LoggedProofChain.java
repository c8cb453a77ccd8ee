package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ChainPlace;
import io.aitbc.openclaw.api.proof.ProofChain;
import io.aitbc.openclaw.api.proof.ProofInput;
import io.aitbc.openclaw.zk.log.Checkpoint;
import io.aitbc.openclaw.zk.log.DurableLog;
import io.aitbc.openclaw.zk.log.LogKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Keeps records in a Merkle log in the plugin's folder, which is opened, and whose key is made, when it is first needed. */
final class LoggedProofChain implements ProofChain {
    /** An older generation of the plugin may still be closing the log. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private record Open(LogKey key, DurableLog log, ReceiptBook receipts) {}

    /** Works on the open log. */
    private interface Use<R> {
        R use(Open open) throws IOException;
    }

    private final Path folder;
    private final SecureRandom random;
    private final BundleVerifier verifier;
    private final JsonReader reader = new JsonReader();
    private Optional<Open> open = Optional.empty();
    private boolean closed;

    LoggedProofChain(Path folder, SecureRandom random, BundleVerifier verifier) {
        this.folder = folder;
        this.random = random;
        this.verifier = verifier;
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
            return new ChainPlace(it.log().append(keys, leaf, CanonicalJson.of(document(made))));
        });
    }

    /** What the leaf does not say itself. */
    private static Json document(ChainStatements.Made made) {
        Map<String, Json> values = new TreeMap<>(Map.of("local", made.local()));
        made.receipt().ifPresent(receipt -> values.put("receipt", new Json.Text(receipt)));
        return ChainForms.members(values);
    }

    private static String line(String id) {
        String line = id.replaceAll("\\p{Cntrl}", "?");
        return line.isEmpty() ? "?" : line.length() <= 300 ? line : line.substring(0, 300);
    }

    @Override
    public Optional<String> bundle(String jobOrRequestId) {
        return with("read from", it -> {
            OptionalInt index = it.log().find(line(jobOrRequestId));
            return index.isEmpty() ? Optional.empty() : Optional.of(bundle(it, index.getAsInt()));
        });
    }

    private String bundle(Open it, int index) throws IOException {
        DurableLog.Entry entry = it.log().read(index);
        Checkpoint checkpoint = it.log().checkpoint();
        List<byte[]> path = it.log().inclusion(index, (int) checkpoint.size());
        Json.Members bundle = Bundle.write(it.key().keyId(), made(entry), index, path, checkpoint.note());
        return new String(CanonicalJson.of(bundle), StandardCharsets.US_ASCII);
    }

    private ChainStatements.Made made(DurableLog.Entry entry) throws IOException {
        try {
            Json link = reader.read(new String(entry.leaf(), StandardCharsets.US_ASCII));
            Json document = reader.read(new String(entry.document(), StandardCharsets.US_ASCII));
            if (link instanceof Json.Members leaf
                    && document instanceof Json.Members rest
                    && rest.get("local").orElse(null) instanceof Json.Members local) {
                return new ChainStatements.Made(local, rest.text("receipt"), leaf);
            }
            throw new IOException("entry %d is none of a proof chain".formatted(entry.index()));
        } catch (MalformedDocumentException e) {
            throw new IOException("entry %d cannot be read: %s".formatted(entry.index(), e.getMessage()), e);
        }
    }

    @Override
    public BundleVerdict verify(String bundle, BundlePolicy policy) {
        return verifier.verify(bundle, policy);
    }

    @Override
    public ChainHead head() {
        return with("read from", it -> {
            Checkpoint checkpoint = it.log().checkpoint();
            String root = HexFormat.of().formatHex(checkpoint.root());
            return new ChainHead(checkpoint.size(), root, it.key().keyId(), checkpoint.note());
        });
    }

    /** See {@link AnswerInputs#of}. Reads all of the log when it is first asked, and afterwards what was added. */
    ProofInput.Signals receiptInputs(ProofInput.Answer answer) throws InterruptedException {
        Optional<ProofInput.Signals> inputs = with("read from", it -> {
            OptionalInt index = it.log().find(line(answer.jobOrRequestId()));
            if (index.isEmpty()) {
                throw new OpenClawException(
                        ErrorCode.INVALID_REQUEST,
                        "The proof chain has no record of job or request '%s'"
                                .formatted(line(answer.jobOrRequestId())));
            }
            synchronized (it.receipts()) {
                for (int next = it.receipts().records(); next < it.log().size(); next++) {
                    if (Thread.currentThread().isInterrupted()) {
                        return Optional.empty();
                    }
                    it.receipts().add(made(it.log().read(next)));
                }
                return Optional.of(new ProofInput.Signals(it.receipts().inputs(index.getAsInt(), answer.cap())));
            }
        });
        return inputs.orElseThrow(() -> new InterruptedException("reading the proof log was stopped"));
    }

    private <R> R with(String done, Use<R> use) {
        try {
            return use.use(opened());
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INTERNAL,
                    "Nothing can be %s the proof log in %s: %s".formatted(done, folder, e.getMessage()),
                    e);
        }
    }

    private synchronized Open opened() throws IOException {
        if (closed) {
            throw new IOException("it is closed");
        }
        if (open.isEmpty()) {
            Files.createDirectories(folder);
            LogKey key = LogKey.in(folder.resolve("host-key"), random);
            open = Optional.of(new Open(key, DurableLog.open(folder, key, PATIENCE), new ReceiptBook(key)));
        }
        return open.get();
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.ifPresent(it -> {
            try {
                it.log().close();
            } catch (IOException e) {
                throw new OpenClawException(
                        ErrorCode.INTERNAL,
                        "The proof log in %s was not closed: %s".formatted(folder, e.getMessage()),
                        e);
            }
        });
        open = Optional.empty();
    }
}
