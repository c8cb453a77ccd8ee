package io.aitbc.openclaw.zk.snarkjs;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;

/** Writes the JSON of snarkjs that {@link SnarkjsReader} reads. */
public final class SnarkjsWriter {
    private SnarkjsWriter() {}

    public static String proof(Groth16Proof proof) {
        return "{\"pi_a\":%s,\"pi_b\":%s,\"pi_c\":%s,\"protocol\":\"groth16\",\"curve\":\"bn128\"}"
                .formatted(g1(proof.a()), g2(proof.b()), g1(proof.c()));
    }

    private static String g1(Point<Fp> point) {
        return "[\"%s\",\"%s\",\"1\"]".formatted(point.x(), point.y());
    }

    private static String g2(Point<Fp2> point) {
        return "[%s,%s,[\"1\",\"0\"]]".formatted(pair(point.x()), pair(point.y()));
    }

    private static String pair(Fp2 number) {
        return "[\"%s\",\"%s\"]".formatted(number.c0(), number.c1());
    }
}
