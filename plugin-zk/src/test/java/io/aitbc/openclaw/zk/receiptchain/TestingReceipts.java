package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.babyjubjub.EddsaKey;
import io.aitbc.openclaw.zk.babyjubjub.EddsaSignature;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.circuit.RefusedInputException;
import io.aitbc.openclaw.zk.circuit.SignalProgram;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Receipts of a key that is made from a seed, in a tree. */
public final class TestingReceipts {
    public static final BigInteger PRICE = BigInteger.valueOf(108);

    final Random random;
    public final EddsaKey key;
    public final ReceiptTree tree = new ReceiptTree();

    public TestingReceipts(long seed) {
        random = new Random(seed);
        key = new EddsaKey(bytes(32));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    Fr number() {
        return Fr.valueOf(new BigInteger(512, random));
    }

    Receipt receipt(BigInteger price) {
        HexFormat hex = HexFormat.of();
        return new Receipt(hex.formatHex(bytes(32)), hex.formatHex(bytes(32)), price, number());
    }

    /** A few receipts, of which the one in the middle is returned, so that it has neighbours on some levels. */
    public Receipt receiptAmongOthers(BigInteger price) {
        for (int i = 0; i < 6; i++) {
            tree.append(receipt(BigInteger.valueOf(i)));
        }
        Receipt receipt = receipt(price);
        tree.append(receipt);
        for (int i = 0; i < 12; i++) {
            tree.append(receipt(BigInteger.valueOf(i)));
        }
        return receipt;
    }

    static final int INDEX = 6;

    public Map<String, List<BigInteger>> inputs(Receipt receipt, BigInteger cap) {
        return inputs(receipt, key.sign(receipt.hash()), cap);
    }

    Map<String, List<BigInteger>> inputs(Receipt receipt, EddsaSignature signature, BigInteger cap) {
        return new HashMap<>(ReceiptInputs.of(receipt, key.publicKey(), signature, tree.path(INDEX), tree.root(), cap));
    }

    static Fr[] signals(Map<String, List<BigInteger>> inputs) throws RefusedInputException, InterruptedException {
        long[] limbs = new SignalProgram().compute(inputs);
        Fr[] signals = new Fr[limbs.length / 4];
        for (int i = 0; i < signals.length; i++) {
            BigInteger number = BigInteger.ZERO;
            for (int limb = 3; limb >= 0; limb--) {
                number = number.shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(limbs[4 * i + limb])));
            }
            signals[i] = Fr.valueOf(number);
        }
        return signals;
    }
}
