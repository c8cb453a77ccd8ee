package io.aitbc.openclaw.zk.chain;

import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.WorkReceipt;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.zk.bundle.ChainForms;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.log.LogKey;
import io.aitbc.openclaw.zk.work.SignedWork;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the signed statements of a host. */
final class ChainStatements {
    /** A bundle has to stay within what is read, and characters may take six times their number in it. */
    static final int LARGEST_RECEIPT = 1 << 20;

    private static final String TOO_LARGE = "anything about the network's receipt: it is larger than a bundle may hold";

    private static final String WORK_REFUSED =
            "what the miner's own receipt says: it does not hold, or is of another job";

    private final LogKey key;

    /**
     * What goes into the log.
     *
     * @param local statement of the host, signed
     * @param work the miner's own receipt, which is no part of bundles: it has the price in it
     * @param link statement that ties all together, signed: the leaf of the log
     */
    record Made(Json.Members local, Optional<String> receipt, Optional<String> work, Json.Members link) {}

    ChainStatements(LogKey key) {
        this.key = key;
    }

    Made make(AnswerRecord answer) {
        Optional<String> receipt = answer.receiptJson().filter(it -> it.length() <= LARGEST_RECEIPT);
        List<String> notProven = new ArrayList<>(answer.notProven());
        if (receipt.isEmpty() && answer.receiptJson().isPresent()) {
            notProven.add(TOO_LARGE);
        }
        Optional<WorkReceipt> work = answer.work().filter(it -> holds(it, answer));
        if (work.isEmpty() && answer.work().isPresent()) {
            notProven.add(WORK_REFUSED);
        }
        Json.Members local = signed(ChainForms.LOCAL, local(answer, work, notProven));
        Map<String, Json> link = new TreeMap<>();
        put(link, "host_key", Optional.of(key.keyId()));
        put(link, "job", answer.jobId());
        put(link, "local_sha256", Optional.of(ChainForms.localHash(local)));
        put(link, "receipt_sha256", receipt.map(ChainForms::receiptHash));
        put(link, "request", Optional.of(answer.requestId()));
        return new Made(local, receipt, work.map(WorkReceipt::json), signed(ChainForms.LINK, ChainForms.members(link)));
    }

    /** Whoever calls says it was checked; what is in the log for ever is checked here. */
    private static boolean holds(WorkReceipt work, AnswerRecord answer) {
        try {
            SignedWork signed = SignedWork.read(work.json());
            return work.json().length() <= WorkReceipts.LONGEST
                    && answer.jobId().equals(Optional.of(signed.job()))
                    && work.keyId().equals(signed.keyId())
                    && work.promptSha256().equals(signed.receipt().request())
                    && work.outputSha256().equals(signed.receipt().answer())
                    && signed.holds();
        } catch (MalformedDocumentException e) {
            return false;
        }
    }

    private Json.Members local(AnswerRecord answer, Optional<WorkReceipt> work, List<String> notProven) {
        Map<String, Json> values = new TreeMap<>();
        put(values, "host_key", Optional.of(key.keyId()));
        put(values, "request", Optional.of(answer.requestId()));
        put(values, "job", answer.jobId());
        put(values, "network", answer.network());
        put(values, "model", Optional.of(answer.model()));
        put(values, "model_digest", answer.modelDigest());
        put(values, "prompt_sha256", Optional.of(answer.promptSha256()));
        put(values, "output_sha256", Optional.of(answer.outputSha256()));
        put(values, "network_output_sha256", answer.networkOutputSha256());
        put(values, "started", Optional.of(answer.started().toString()));
        put(values, "ended", Optional.of(answer.ended().toString()));
        put(values, "route", Optional.of(answer.route()));
        put(values, "provider", Optional.of(answer.provider()));
        put(values, "fallback_reason", answer.fallbackReason());
        put(values, "assurance", Optional.of(answer.assurance().name()));
        put(values, ChainForms.WORK_KEY, work.map(WorkReceipt::keyId));
        put(values, ChainForms.WORK_PROMPT, work.map(WorkReceipt::promptSha256));
        put(values, ChainForms.WORK_OUTPUT, work.map(WorkReceipt::outputSha256));
        put(values, ChainForms.WORK_RECEIPT, work.map(WorkReceipt::json).map(ChainForms::receiptHash));
        values.put("not_proven", ChainForms.texts(notProven));
        return ChainForms.members(values);
    }

    private Json.Members signed(String domain, Json.Members statement) {
        byte[] signature = key.sign(ChainForms.bytes(domain, statement));
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        return ChainForms.members(Map.of("sig", new Json.Text(text), "statement", statement));
    }

    private static void put(Map<String, Json> values, String name, Optional<String> text) {
        text.ifPresent(it -> values.put(name, new Json.Text(it)));
    }
}
