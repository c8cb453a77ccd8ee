package io.aitbc.openclaw.zk.receipt;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.proof.Evidence;
import io.aitbc.openclaw.api.proof.ProofVerifier;
import io.aitbc.openclaw.api.proof.Verdict;
import io.aitbc.openclaw.zk.ed25519.Ed25519Checker;
import io.aitbc.openclaw.zk.ed25519.Ed25519Signature;
import io.aitbc.openclaw.zk.evidence.Verdicts;
import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Checks the Ed25519 signatures of an AITBC receipt. What a coordinator adds to a receipt after it signed it is left out of
 * the signed bytes, and therefore proves nothing.
 */
public final class ReceiptVerifier implements ProofVerifier {
    /** Members that no signature covers, as the coordinator adds them after signing. */
    static final Set<String> UNSIGNED = Set.of(
            "signature",
            "attestations",
            "zk_status",
            "zk_proof",
            "tee_status",
            "tee_attestation_id",
            "tee_quote",
            "reinvest_status",
            "reinvest_stake_id",
            "reinvest_amount");

    private static final int MAX_ATTESTATIONS = 16;
    private static final List<String> REQUIRED = List.of("receipt_id", "job_id", "provider", "status");

    private static final List<String> ALWAYS_NOT_PROVEN = List.of(
            "that the named model, or any model, computed the answer",
            "that the named miner did the work: the coordinator signs this receipt, no miner does",
            "that this is the only receipt of the job, or that the payment in it was made");

    private final JsonReader reader = new JsonReader();
    private final Ed25519Checker checker = new Ed25519Checker();

    @Override
    public String id() {
        return "zk";
    }

    @Override
    public Set<String> kinds() {
        return Set.of(Evidence.AITBC_RECEIPT);
    }

    @Override
    public Verdict verify(Evidence evidence) {
        Verdicts.requireKind(this, evidence);
        try {
            return verify(receipt(evidence.json()), evidence.trustedKeys());
        } catch (MalformedDocumentException e) {
            return Verdicts.invalid("not a receipt that can be checked: " + e.getMessage(), Optional.empty());
        }
    }

    private Verdict verify(Json.Members receipt, Set<String> trustedKeys) throws MalformedDocumentException {
        Ed25519Signature signature = Ed25519Signature.of(receipt.get("signature")
                .filter(value -> !(value instanceof Json.Null))
                .orElseThrow(() -> new MalformedDocumentException("it is not signed")));
        byte[] signed = CanonicalJson.without(receipt, UNSIGNED);
        String keyId = signature.keyId();
        if (!checker.holds(signature, signed)) {
            return Verdicts.invalid("the signature does not hold for key " + keyId, Optional.of(keyId));
        }
        List<String> notProven = notProven(receipt);
        if (!trusted(keyId, trustedKeys)) {
            notProven.addFirst("who signed it: key " + keyId + " is not among the trusted keys");
            return new Verdict(
                    true,
                    AssuranceLevel.NONE,
                    "the signature holds, but key " + keyId + " is not trusted",
                    Optional.of(keyId),
                    notProven);
        }
        Optional<String> attester = attester(receipt, signed, keyId, trustedKeys);
        return new Verdict(
                true,
                attester.isPresent() ? AssuranceLevel.ATTESTED : AssuranceLevel.SIGNED,
                "signed by trusted key " + keyId
                        + attester.map(key -> " and attested by trusted key " + key)
                                .orElse(""),
                Optional.of(keyId),
                notProven);
    }

    /** The first other trusted key that signed the same bytes. Attestations of strangers are not looked at: anybody can add them. */
    private Optional<String> attester(Json.Members receipt, byte[] signed, String signer, Set<String> trustedKeys) {
        if (trustedKeys.size() < 2 || !(receipt.get("attestations").orElse(null) instanceof Json.Items attestations)) {
            return Optional.empty();
        }
        return attestations.list().stream()
                .limit(MAX_ATTESTATIONS)
                .flatMap(item -> attestation(item).stream())
                .filter(attestation -> !attestation.keyId().equals(signer)
                        && trusted(attestation.keyId(), trustedKeys)
                        && checker.holds(attestation, signed))
                .map(Ed25519Signature::keyId)
                .findFirst();
    }

    /** No signature covers the list, so what is broken in it says nothing about the receipt. */
    private static Optional<Ed25519Signature> attestation(Json item) {
        try {
            return Optional.of(Ed25519Signature.of(item));
        } catch (MalformedDocumentException e) {
            return Optional.empty();
        }
    }

    private Json.Members receipt(String json) throws MalformedDocumentException {
        if (!(reader.read(json) instanceof Json.Members receipt)) {
            throw new MalformedDocumentException("it is not a JSON object");
        }
        for (String name : REQUIRED) {
            if (receipt.text(name).isEmpty()) {
                throw new MalformedDocumentException("it has no " + name);
            }
        }
        return receipt;
    }

    private static boolean trusted(String keyId, Set<String> keys) {
        if (keys.contains(keyId)) {
            return true;
        }
        for (String key : keys) {
            if (withoutPadding(key).equals(keyId)) {
                return true;
            }
        }
        return false;
    }

    private static String withoutPadding(String key) {
        String bare = key.strip();
        return bare.endsWith("=") ? bare.substring(0, bare.length() - 1) : bare;
    }

    private static List<String> notProven(Json.Members receipt) {
        List<String> lines = new ArrayList<>(ALWAYS_NOT_PROVEN);
        StringJoiner unsigned = new StringJoiner(", ");
        for (Json.Member member : receipt.list()) {
            String name = member.name();
            if (UNSIGNED.contains(name) && !name.equals("signature") && !name.equals("attestations")) {
                unsigned.add(name);
            }
        }
        if (unsigned.length() > 0) {
            lines.add("what stands in " + unsigned + ": no signature covers it");
        }
        ZkBinding.notProven(receipt).ifPresent(lines::add);
        return lines;
    }
}
