package io.aitbc.openclaw.zk.chain;

import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.zk.bundle.ChainForms;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.log.LogKey;
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

    private final LogKey key;

    /**
     * What goes into the log.
     *
     * @param local statement of the host, signed
     * @param link statement that ties all together, signed: the leaf of the log
     */
    record Made(Json.Members local, Optional<String> receipt, Json.Members link) {}

    ChainStatements(LogKey key) {
        this.key = key;
    }

    Made make(AnswerRecord answer) {
        Optional<String> receipt = answer.receiptJson().filter(it -> it.length() <= LARGEST_RECEIPT);
        List<String> notProven = new ArrayList<>(answer.notProven());
        if (receipt.isEmpty() && answer.receiptJson().isPresent()) {
            notProven.add(TOO_LARGE);
        }
        Json.Members local = signed(ChainForms.LOCAL, local(answer, notProven));
        Map<String, Json> link = new TreeMap<>();
        put(link, "host_key", Optional.of(key.keyId()));
        put(link, "job", answer.jobId());
        put(link, "local_sha256", Optional.of(ChainForms.localHash(local)));
        put(link, "receipt_sha256", receipt.map(ChainForms::receiptHash));
        put(link, "request", Optional.of(answer.requestId()));
        return new Made(local, receipt, signed(ChainForms.LINK, ChainForms.members(link)));
    }

    private Json.Members local(AnswerRecord answer, List<String> notProven) {
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
