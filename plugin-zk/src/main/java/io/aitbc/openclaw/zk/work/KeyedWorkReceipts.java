package io.aitbc.openclaw.zk.work;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipt;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.api.proof.WorkVerdict;
import io.aitbc.openclaw.zk.babyjubjub.EddsaKey;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.log.SecretFile;
import io.aitbc.openclaw.zk.receiptchain.Receipt;
import io.aitbc.openclaw.zk.receiptchain.ReceiptClaim;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/** Signs with a key in a file of its own, which no other secret leads to: the network knows what the miner logs in with, and so would know a key made of it. */
public final class KeyedWorkReceipts implements WorkReceipts {
    private static final int LONGEST_JOB = 200;

    private final Path file;
    private final SecureRandom random;
    private Optional<EddsaKey> key = Optional.empty();

    /** @param file of the key */
    public KeyedWorkReceipts(Path file, SecureRandom random) {
        this.file = file;
        this.random = random;
    }

    @Override
    public String id() {
        return "zk";
    }

    @Override
    public String keyId() {
        return ReceiptClaim.keyId(key().publicKey());
    }

    private synchronized EddsaKey key() {
        if (key.isEmpty()) {
            try {
                key = Optional.of(new EddsaKey(SecretFile.in(file, random)));
            } catch (IOException e) {
                throw new OpenClawException(
                        ErrorCode.INTERNAL, "The miner's key for receipts cannot be used: " + FailureReason.of(e), e);
            }
        }
        return key.get();
    }

    @Override
    public String sign(Work work) {
        if (work.price().units().bitLength() > Receipt.PRICE_BITS
                || work.jobId().length() > LONGEST_JOB) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "No receipt can hold this work: its price has to be below 2^%d base units, and the id of the job at most %d characters"
                            .formatted(Receipt.PRICE_BITS, LONGEST_JOB));
        }
        byte[] nonce = new byte[SignedWork.NONCE_BYTES];
        random.nextBytes(nonce);
        return SignedWork.sign(
                key(),
                work.jobId(),
                SignedWork.promptHash(work.prompt()),
                SignedWork.outputHash(work.output()),
                work.price().units(),
                nonce);
    }

    @Override
    public WorkVerdict check(String receipt, Work work) {
        if (receipt.length() > LONGEST) {
            return refused("it is longer than %d characters".formatted(LONGEST));
        }
        try {
            SignedWork signed = SignedWork.read(receipt);
            Receipt content = signed.receipt();
            if (!signed.job().equals(work.jobId())) {
                return refused("it is of another job");
            }
            if (!content.request().equals(SignedWork.promptHash(work.prompt()))) {
                return refused("it is of another prompt");
            }
            if (!content.answer().equals(SignedWork.outputHash(work.output()))) {
                return refused("it is of another answer");
            }
            if (!content.price().equals(work.price().units())) {
                return refused("its price is another one than was agreed on");
            }
            if (!signed.holds()) {
                return refused("its signature does not hold for the key it names");
            }
            return new WorkVerdict(
                    Optional.of(new WorkReceipt(receipt, signed.keyId(), content.request(), content.answer())),
                    "signed by key " + signed.keyId());
        } catch (MalformedDocumentException e) {
            return refused("it cannot be read: " + e.getMessage());
        }
    }

    private static WorkVerdict refused(String reason) {
        return new WorkVerdict(Optional.empty(), reason);
    }
}
