package io.aitbc.openclaw.zk.chain;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.receiptchain.ReceiptTree;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hashes of one record of the log, which lie in the file as a byte that is 1 where there is a receipt, its hash, and the nodes.
 *
 * @param hash of its receipt, where it has one
 * @param completed nodes of the tree that never change again once it is there
 */
record KeptReceipt(Optional<Fr> hash, List<Fr> completed) {
    static final KeptReceipt NONE = new KeptReceipt(Optional.empty(), List.of());

    KeptReceipt {
        completed = List.copyOf(completed);
    }

    int bytes() {
        return 1 + (hash.isPresent() ? 1 + completed.size() : 0) * Fr.BYTES;
    }

    void write(ByteBuffer into) {
        into.put((byte) (hash.isPresent() ? 1 : 0));
        hash.ifPresent(it -> into.put(it.bytes()));
        completed.forEach(it -> into.put(it.bytes()));
    }

    /**
     * @param place where it would stand in the tree
     * @throws java.nio.BufferUnderflowException when the bytes end within it
     */
    static KeptReceipt read(ByteBuffer from, int place) {
        if (from.get() == 0) {
            return NONE;
        }
        Fr hash = number(from);
        List<Fr> completed = new ArrayList<>();
        for (int i = 0; i < ReceiptTree.completedBy(place); i++) {
            completed.add(number(from));
        }
        return new KeptReceipt(Optional.of(hash), completed);
    }

    private static Fr number(ByteBuffer from) {
        byte[] bytes = new byte[Fr.BYTES];
        from.get(bytes);
        return Fr.valueOf(new BigInteger(1, bytes));
    }
}
