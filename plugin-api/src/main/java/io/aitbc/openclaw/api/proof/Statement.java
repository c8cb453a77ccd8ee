package io.aitbc.openclaw.api.proof;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a zero-knowledge proof states: a circuit, and values for its public signals.
 *
 * @param circuit name of the circuit among those the verifier knows
 * @param publicSignals whole numbers in decimal digits
 */
public record Statement(String circuit, List<String> publicSignals) {
    public Statement {
        publicSignals = List.copyOf(publicSignals);
    }

    /**
     * To recognise a statement that was proven before: SHA-256 of circuit and signals, in hexadecimal digits. A proof itself is no such key:
     * from one proof of a statement anybody can make others.
     */
    public String replayKey() {
        String text =
                "openclaw-statement-v1\n" + circuit.length() + "\n" + circuit + "\n" + String.join("\n", publicSignals);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
