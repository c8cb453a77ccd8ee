package io.aitbc.openclaw.zk.circuit;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Files of the circuit: {@code circuit.json}, which has the hashes of the others, the proving key and the verification key. */
public final class ReceiptChain {
    private ReceiptChain() {}

    /**
     * @param name without a folder
     * @throws FileNotFoundException when there is no such file
     */
    public static InputStream open(String name) throws IOException {
        InputStream resource = ReceiptChain.class.getResourceAsStream(name);
        if (resource == null) {
            throw new FileNotFoundException("circuit receipt_chain has no file " + name);
        }
        return resource;
    }
}
