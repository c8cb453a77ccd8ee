package io.aitbc.openclaw.zk.snarkjs;

import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;

/** Writes proofs as snarkjs does. */
public final class ProofTexts {
    private ProofTexts() {}

    public static String evidence(String circuit, String proof, String signals) {
        return "{\"circuit\": \"%s\", \"proof\": %s, \"public_signals\": %s}".formatted(circuit, proof, signals);
    }

    public static String groth16(Groth16Proof proof) {
        return """
                {"pi_a": ["%s", "%s", "1"], "pi_b": [%s, %s, ["1", "0"]], "pi_c": ["%s", "%s", "1"],\
                 "protocol": "groth16", "curve": "bn128"}""".formatted(
                        proof.a().x(),
                        proof.a().y(),
                        pair(proof.b().x()),
                        pair(proof.b().y()),
                        proof.c().x(),
                        proof.c().y());
    }

    private static String pair(Fp2 number) {
        return "[\"%s\", \"%s\"]".formatted(number.c0(), number.c1());
    }
}
