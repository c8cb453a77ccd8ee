package io.aitbc.openclaw.zk.chain;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.proof.SignedRoot;
import io.aitbc.openclaw.zk.babyjubjub.EddsaKey;
import io.aitbc.openclaw.zk.babyjubjub.EdwardsPoint;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bundle.ChainForms;
import io.aitbc.openclaw.zk.json.CanonicalJson;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.log.LogKey;
import io.aitbc.openclaw.zk.receiptchain.Receipt;
import io.aitbc.openclaw.zk.receiptchain.ReceiptInputs;
import io.aitbc.openclaw.zk.receiptchain.ReceiptRoot;
import io.aitbc.openclaw.zk.receiptchain.ReceiptTree;
import io.aitbc.openclaw.zk.work.SignedWork;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Receipts of all records of a proof chain, in a form that the circuit {@code receipt_chain} can check: the miner's where it signed one itself, the host's own for
 * the others. Everything is computed from the log and the host's key: the key and the salts of the host's receipts are derived from its key. Only hashes stay in
 * memory. For one thread at a time.
 */
final class ReceiptBook {
    private static final int NO_RECEIPT = -1;
    private static final String MAC = "HmacSHA512";

    private final LogKey hostKey;
    private final EddsaKey key;
    private final byte[] saltKey;
    private final ReceiptTree tree = new ReceiptTree();

    /**
     * A receipt in the tree.
     *
     * @param miner who signed it; the host itself does when it is empty
     */
    private record Leaf(Receipt receipt, Optional<SignedWork> miner) {}

    /** Of each record of the log, the place of its receipt. */
    private final List<Integer> places = new ArrayList<>();

    ReceiptBook(LogKey hostKey) {
        this.hostKey = hostKey;
        key = new EddsaKey(hostKey.derived("openclaw-receipt-key-v1"));
        saltKey = hostKey.derived("openclaw-receipt-salt-v1");
    }

    /** How many records of the log it has seen. */
    int records() {
        return places.size();
    }

    /** How many of them have a receipt. */
    int receipts() {
        return tree.size();
    }

    EdwardsPoint key() {
        return key.publicKey();
    }

    Fr root() {
        return tree.root();
    }

    /**
     * What the host says of the tree as it is now.
     *
     * @param since how many receipts it had when somebody kept its root
     * @throws OpenClawException with INVALID_REQUEST when it has fewer
     */
    SignedRoot signedRoot(Instant now, OptionalLong since) {
        String note = ReceiptRoot.sign(hostKey, tree, key.publicKey(), now).note();
        return new SignedRoot(
                hostKey.keyId(), note, since.isEmpty() ? Optional.empty() : Optional.of(growth(since.getAsLong())));
    }

    private SignedRoot.Growth growth(long since) {
        if (since < 0 || since > tree.size()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "The tree of receipts has %d receipts, not %d: if it ever had as many, the log was put back or cut"
                            .formatted(tree.size(), since));
        }
        return new SignedRoot.Growth(
                since,
                tree.growth((int) since).stream()
                        .map(nodes -> nodes.stream().map(Fr::toString).toList())
                        .toList());
    }

    /** @param made the next record of the log */
    void add(ChainStatements.Made made) {
        Optional<Leaf> leaf = leaf(made).filter(_ -> !tree.isFull());
        places.add(leaf.map(it -> tree.append(it.receipt())).orElse(NO_RECEIPT));
    }

    /** Adds the next record without looking at it: what {@link #kept} said of it. */
    void restore(KeptReceipt kept) {
        places.add(kept.hash().map(hash -> tree.restore(hash, kept.completed())).orElse(NO_RECEIPT));
    }

    /** What makes it needless to hash a record again. */
    KeptReceipt kept(int record) {
        int place = places.get(record);
        return place == NO_RECEIPT
                ? KeptReceipt.NONE
                : new KeptReceipt(Optional.of(tree.leaf(place)), tree.completed(place));
    }

    private Optional<Leaf> leaf(ChainStatements.Made made) {
        if (!(made.local().get("statement").orElse(null) instanceof Json.Members statement)) {
            return Optional.empty();
        }
        return ofMiner(statement, made.work())
                .or(() -> receipt(statement, made).map(own -> new Leaf(own, Optional.empty())));
    }

    /** What the miner signed itself; it was checked before it was written, and the host's statement has its hash. */
    private static Optional<Leaf> ofMiner(Json.Members statement, Optional<String> work) {
        if (work.isEmpty() || !statement.text(ChainForms.WORK_RECEIPT).equals(work.map(ChainForms::receiptHash))) {
            return Optional.empty();
        }
        try {
            SignedWork signed = SignedWork.read(work.get());
            return Optional.of(new Leaf(signed.receipt(), Optional.of(signed)));
        } catch (MalformedDocumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Receipt> receipt(Json.Members statement, ChainStatements.Made made) {
        Optional<BigInteger> price = price(statement, made.receipt());
        Optional<String> request = statement.text("prompt_sha256");
        Optional<String> answer = statement.text("output_sha256");
        if (price.isEmpty() || request.isEmpty() || answer.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Receipt(request.get(), answer.get(), price.get(), salt(made.link())));
    }

    /** In base units. An answer of this machine costs nothing; that of a network what its receipt says. */
    private static Optional<BigInteger> price(Json.Members statement, Optional<String> receipt) {
        if (receipt.isEmpty()) {
            return statement.get("network").isEmpty() ? Optional.of(BigInteger.ZERO) : Optional.empty();
        }
        try {
            Json document = new JsonReader().read(receipt.get());
            Json price = document instanceof Json.Members members
                    ? members.get("price").orElse(new Json.Null())
                    : new Json.Null();
            return switch (price) {
                case Json.Whole whole -> units(new BigDecimal(whole.digits()));
                case Json.Real real -> units(BigDecimal.valueOf(real.value()));
                default -> Optional.empty();
            };
        } catch (MalformedDocumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<BigInteger> units(BigDecimal coins) {
        BigDecimal most = new BigDecimal(BigInteger.TWO.pow(Receipt.PRICE_BITS))
                .subtract(BigDecimal.ONE)
                .divideToIntegralValue(BigDecimal.valueOf(Rail.AITBC.unitsPerCoin()));
        if (coins.signum() < 0 || coins.compareTo(most) > 0) {
            return Optional.empty();
        }
        return Optional.of(TokenAmount.ofCoins(coins, Rail.AITBC).units());
    }

    /** The same each time, and to be guessed by nobody who lacks the host's key. */
    private Fr salt(Json.Members link) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(saltKey, MAC));
            return Fr.valueOf(new BigInteger(1, mac.doFinal(CanonicalJson.of(link))));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every Java platform has " + MAC, e);
        }
    }

    /**
     * What the circuit takes; secret.
     *
     * @param record of the log
     * @param made what stands there
     * @throws OpenClawException with INVALID_REQUEST when the record has no receipt, or costs more than the cap; with INTERNAL when it is not what was hashed
     */
    Map<String, List<BigInteger>> inputs(int record, ChainStatements.Made made, TokenAmount cap) {
        int place = places.get(record);
        if (place == NO_RECEIPT) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "There is no price to prove: neither the miner nor the network gave a receipt of this answer with a price that can be read; or there are more answers than a tree has room for");
        }
        Leaf leaf = leaf(made)
                .filter(it -> it.receipt().hash().equals(tree.leaf(place)))
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.INTERNAL,
                        "Record %d of the proof log is not what it was when its receipt was hashed; restore the log from a copy"
                                .formatted(record)));
        Receipt receipt = leaf.receipt();
        if (receipt.price().compareTo(cap.units()) > 0) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST, "The price of this answer is above the cap of %s".formatted(cap));
        }
        if (cap.units().bitLength() > Receipt.PRICE_BITS) {
            throw new OpenClawException(
                    ErrorCode.INVALID_REQUEST,
                    "A cap has to be below 2^%d base units, which %s is not".formatted(Receipt.PRICE_BITS, cap));
        }
        return ReceiptInputs.of(
                receipt,
                leaf.miner().map(SignedWork::key).orElse(key.publicKey()),
                leaf.miner().map(SignedWork::signature).orElseGet(() -> key.sign(receipt.hash())),
                tree.path(place),
                tree.root(),
                cap.units());
    }
}
