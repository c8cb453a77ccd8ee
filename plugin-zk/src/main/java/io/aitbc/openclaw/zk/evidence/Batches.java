package io.aitbc.openclaw.zk.evidence;

import io.aitbc.openclaw.zk.groth16.Groth16Batch;
import io.aitbc.openclaw.zk.groth16.Groth16Claim;
import io.aitbc.openclaw.zk.groth16.Groth16Verifier;
import io.aitbc.openclaw.zk.snarkjs.CircuitKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks Groth16 proofs under the same key together, and others one by one. */
final class Batches {
    /** More in one batch would not be faster, only need more memory. */
    private static final int LARGEST = 128;

    private final SecureRandom random;

    Batches(SecureRandom random) {
        this.random = random;
    }

    /** The claims that hold among those that are open. */
    Set<CircuitKey.Claim> holding(List<Submission> submissions) {
        Set<CircuitKey.Claim> holding = new HashSet<>();
        Map<Groth16Verifier, List<CircuitKey.Groth16.Grouped>> byKey = new HashMap<>();
        for (Submission submission : submissions) {
            if (submission instanceof Submission.Open open) {
                switch (open.claim()) {
                    case CircuitKey.Groth16.Grouped claim ->
                        byKey.computeIfAbsent(claim.verifier(), verifier -> new ArrayList<>())
                                .add(claim);
                    case CircuitKey.Plonk.Single claim -> {
                        if (claim.holds()) {
                            holding.add(claim);
                        }
                    }
                }
            }
        }
        byKey.forEach((verifier, claims) -> {
            Groth16Batch batch = new Groth16Batch(verifier, random);
            for (int start = 0; start < claims.size(); start += LARGEST) {
                collect(batch, claims.subList(start, Math.min(claims.size(), start + LARGEST)), holding);
            }
        });
        return holding;
    }

    private static void collect(
            Groth16Batch batch, List<CircuitKey.Groth16.Grouped> claims, Set<CircuitKey.Claim> holding) {
        List<Groth16Claim> bare =
                claims.stream().map(CircuitKey.Groth16.Grouped::claim).toList();
        BitSet held = batch.holding(bare);
        held.stream().mapToObj(claims::get).forEach(holding::add);
    }
}
