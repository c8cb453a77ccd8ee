package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes and signs receipts: Ed25519 over {@link CanonicalJson}, attested by a second key. */
final class Receipts {
    private static final BigDecimal UNIT_PRICE = new BigDecimal("0.02");
    private static final BigDecimal THOUSAND = new BigDecimal(1000);

    private final Profile profile;
    private final Identifiers identifiers;
    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final ReceiptKey signing;
    private final ReceiptKey attesting;
    private final ReceiptKey rogue;
    private final ReceiptKey enclave;

    Receipts(Profile profile, Identifiers identifiers, InstantSource clock, QuirkBoard quirks) {
        this.profile = profile;
        this.identifiers = identifiers;
        this.clock = clock;
        this.quirks = quirks;
        this.signing = new ReceiptKey(identifiers.key("receipt-signing"));
        this.attesting = new ReceiptKey(identifiers.key("receipt-attestation"));
        this.rogue = new ReceiptKey(identifiers.bytes(32));
        this.enclave = new ReceiptKey(identifiers.key("enclave"));
    }

    String signingKeyId() {
        return signing.id();
    }

    String attestationKeyId() {
        return attesting.id();
    }

    /**
     * The receipt of a result.
     *
     * @param provider the miner that reported it, assigned or not
     * @param metrics what the miner measured; {@code duration_ms} is filled in when it is missing
     * @return empty without a signing key
     */
    Optional<ObjectNode> issue(Job job, String provider, ObjectNode result, ObjectNode metrics) {
        if (quirks.take(Quirk.NO_SIGNING_KEY)) {
            return Optional.empty();
        }
        ObjectNode receipt = unsigned(job, provider, result, metrics);
        byte[] text = CanonicalJson.text(receipt).getBytes(StandardCharsets.UTF_8);
        ReceiptKey key = quirks.take(Quirk.WRONG_KEY) ? rogue : signing;
        ObjectNode signature = key.signature(text);
        if (quirks.take(Quirk.WRONG_SIGNATURE)) {
            byte[] broken = key.sign(text);
            broken[10] ^= 1;
            signature.put("sig", Base64.getUrlEncoder().withoutPadding().encodeToString(broken));
        }
        receipt.set("signature", signature);
        receipt.set("attestations", Json.array().add(attesting.signature(text)));
        return Optional.of(receipt);
    }

    private ObjectNode unsigned(Job job, String provider, ObjectNode result, ObjectNode metrics) {
        Instant now = clock.instant();
        JsonNode measured = metrics.path("duration_ms");
        BigDecimal millis = measured.isNumber()
                ? measured.decimalValue()
                : new BigDecimal(Duration.between(job.requestedAt, now).toMillis());
        BigDecimal units = millis.divide(THOUSAND, 6, RoundingMode.HALF_EVEN);
        BigDecimal price = units.multiply(UNIT_PRICE).setScale(8, RoundingMode.HALF_EVEN);
        ObjectNode counted = metrics.deepCopy();
        counted.set("duration_ms", measured.isNumber() ? measured : counted.numberNode(millis.longValue()));
        long startedMillis =
                profile == Profile.MARCH ? job.requestedAt.toEpochMilli() : now.toEpochMilli() - millis.longValue();
        ObjectNode receipt = Json.object()
                .put("version", "1.0")
                .put("receipt_id", receiptId(job))
                .put("job_id", job.id)
                .put("provider", provider)
                .put("client", job.client)
                .put("status", "COMPLETED")
                .put("units", units.doubleValue())
                .put("unit_type", "gpu_seconds")
                .put("unit_price", UNIT_PRICE.doubleValue())
                .put("price", price.doubleValue())
                .put("completed_at", now.getEpochSecond())
                .put("started_at", Math.floorDiv(startedMillis, 1000L));
        ObjectNode metadata = Json.object();
        metadata.set("job_payload", job.payload);
        metadata.set("job_constraints", job.constraints.json());
        metadata.set("result", result);
        metadata.set("metrics", counted);
        receipt.set("metadata", metadata);
        return receipt;
    }

    /** A recorded proof is bound to the id of the receipt it was made for. */
    private String receiptId(Job job) {
        return job.recorded
                .flatMap(RecordedProofs.Recorded::job)
                .filter(recorded -> job.receipts.isEmpty())
                .map(RecordedProofs.Job::receiptId)
                .orElseGet(() -> identifiers.hex(16));
    }

    /**
     * A quote of an enclave that does not exist, as the real coordinator makes one itself when the miner sends none. It
     * proves nothing.
     */
    String enclaveQuote(Job job) {
        Instant now = clock.instant();
        String name = "high-value-" + job.id;
        ObjectNode quote = Json.object()
                .put("enclave_id", name)
                .put("expires_at", TimeText.offset(now.plus(Duration.ofHours(1))))
                .put("measurement", name)
                .set("meta", Json.object());
        quote.put("public_key", Base64.getEncoder().encodeToString(enclave.publicKey()))
                .put("quote_blob", Base64.getEncoder().encodeToString(job.id.getBytes(StandardCharsets.UTF_8)))
                .put("quote_id", "tee-" + job.id + "-" + name + "-" + TimeText.offset(now))
                .put("status", "valid")
                .put("timestamp", TimeText.offset(now));
        byte[] signed = CanonicalJson.text(quote).getBytes(StandardCharsets.UTF_8);
        quote.put("signature", Base64.getEncoder().encodeToString(enclave.sign(signed)));
        return Base64.getEncoder().encodeToString(CanonicalJson.text(quote).getBytes(StandardCharsets.UTF_8));
    }
}
