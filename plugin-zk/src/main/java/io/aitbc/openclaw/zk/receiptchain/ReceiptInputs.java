package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.babyjubjub.EddsaSignature;
import io.aitbc.openclaw.zk.babyjubjub.EdwardsPoint;
import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** The inputs of the circuit {@code receipt_chain}, by name. All but those that are public are secret. */
public final class ReceiptInputs {
    private ReceiptInputs() {}

    /**
     * @param key that signed the receipt's hash
     * @param path from the tree
     * @param cap in whole base units, below 2^64
     */
    public static Map<String, List<BigInteger>> of(
            Receipt receipt, EdwardsPoint key, EddsaSignature signature, List<List<Fr>> path, Fr root, BigInteger cap) {
        return Map.of(
                "key", values(List.of(key.x(), key.y())),
                "root", values(List.of(root)),
                "cap", List.of(cap),
                "request", values(Sha256Halves.of(receipt.request()).numbers()),
                "answer", values(Sha256Halves.of(receipt.answer()).numbers()),
                "price", List.of(receipt.price()),
                "salt", values(List.of(receipt.salt())),
                "r", values(List.of(signature.r().x(), signature.r().y())),
                "s", List.of(signature.s()),
                "children", values(path.stream().flatMap(List::stream).toList()));
    }

    private static List<BigInteger> values(List<Fr> numbers) {
        return numbers.stream().map(Fr::value).toList();
    }
}
