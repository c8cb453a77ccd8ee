package io.aitbc.openclaw.zk.snarkjs;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.groth16.Groth16Key;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import io.aitbc.openclaw.zk.json.Json;
import io.aitbc.openclaw.zk.json.JsonReader;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import io.aitbc.openclaw.zk.plonk.PlonkKey;
import io.aitbc.openclaw.zk.plonk.PlonkProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads proofs and verification keys in the JSON of snarkjs 0.7, strictly: whatever it gives was checked point by point. Safe for
 * many threads.
 */
public final class SnarkjsReader {
    /** A key with 1,024 public signals has a fifth of it. */
    public static final int MAX_CHARACTERS = 1024 * 1024;

    public static final int MAX_SIGNALS = 1024;
    private static final int MAX_POWER = 28;

    private static final Set<String> GROTH16 = Set.of("pi_a", "pi_b", "pi_c", "protocol", "curve");
    private static final List<String> COMMITMENTS = List.of("A", "B", "C", "Z", "T1", "T2", "T3", "Wxi", "Wxiw");
    private static final Set<String> PLONK = Stream.concat(
                    COMMITMENTS.stream(),
                    Stream.of("eval_a", "eval_b", "eval_c", "eval_s1", "eval_s2", "eval_zw", "protocol", "curve"))
            .collect(Collectors.toUnmodifiableSet());

    private final JsonReader reader = new JsonReader();

    /** {@code proof.json} of Groth16. */
    public Groth16Proof groth16Proof(String json) throws MalformedDocumentException {
        return groth16Proof(read(json));
    }

    Groth16Proof groth16Proof(Json json) throws MalformedDocumentException {
        return points(groth16(json).literal("curve", "bn128"));
    }

    /** A proof from a prover of our own choice: the one of rapidsnark does not name the curve. */
    public Groth16Proof groth16ProofOfProver(String json) throws MalformedDocumentException {
        SnarkjsObject proof = groth16(read(json));
        return points(proof.members().get("curve").isPresent() ? proof.literal("curve", "bn128") : proof);
    }

    private static SnarkjsObject groth16(Json json) throws MalformedDocumentException {
        return SnarkjsObject.of("the proof", json).only(GROTH16).literal("protocol", "groth16");
    }

    private static Groth16Proof points(SnarkjsObject proof) throws MalformedDocumentException {
        Point<Fp> a = proof.g1("pi_a");
        Point<Fp2> b = proof.g2("pi_b");
        Point<Fp> c = proof.g1("pi_c");
        return checked(() -> new Groth16Proof(a, b, c));
    }

    /** {@code verification_key.json} of Groth16. */
    public Groth16Key groth16Key(String json) throws MalformedDocumentException {
        SnarkjsObject key = SnarkjsObject.of("the key", read(json))
                .literal("protocol", "groth16")
                .literal("curve", "bn128");
        int signals = key.count("nPublic", MAX_SIGNALS);
        List<Point<Fp>> inputs = new ArrayList<>();
        for (Json input : SnarkjsObject.items("IC", key.value("IC"), MAX_SIGNALS + 1)) {
            inputs.add(SnarkjsObject.g1("IC[%d]".formatted(inputs.size()), input));
        }
        if (inputs.size() != signals + 1) {
            throw new MalformedDocumentException(
                    "its IC has %d points, not one more than its %d public signals".formatted(inputs.size(), signals));
        }
        Point<Fp> alpha = key.g1("vk_alpha_1");
        Point<Fp2> beta = key.g2("vk_beta_2");
        Point<Fp2> gamma = key.g2("vk_gamma_2");
        Point<Fp2> delta = key.g2("vk_delta_2");
        return checked(() -> new Groth16Key(alpha, beta, gamma, delta, inputs));
    }

    /** {@code proof.json} of PLONK. */
    public PlonkProof plonkProof(String json) throws MalformedDocumentException {
        return plonkProof(read(json));
    }

    PlonkProof plonkProof(Json json) throws MalformedDocumentException {
        SnarkjsObject proof = SnarkjsObject.of("the proof", json)
                .only(PLONK)
                .literal("protocol", "plonk")
                .literal("curve", "bn128");
        List<Point<Fp>> points = new ArrayList<>();
        for (String name : COMMITMENTS) {
            points.add(proof.g1(name));
        }
        PlonkProof.Evaluations evaluations = new PlonkProof.Evaluations(
                proof.scalar("eval_a"),
                proof.scalar("eval_b"),
                proof.scalar("eval_c"),
                proof.scalar("eval_s1"),
                proof.scalar("eval_s2"),
                proof.scalar("eval_zw"));
        return checked(() -> new PlonkProof(
                points.get(0),
                points.get(1),
                points.get(2),
                points.get(3),
                points.get(4),
                points.get(5),
                points.get(6),
                points.get(7),
                points.get(8),
                evaluations));
    }

    /** {@code verification_key.json} of PLONK. */
    public PlonkKey plonkKey(String json) throws MalformedDocumentException {
        SnarkjsObject key = SnarkjsObject.of("the key", read(json))
                .literal("protocol", "plonk")
                .literal("curve", "bn128");
        int power = key.count("power", MAX_POWER);
        int signals = key.count("nPublic", MAX_SIGNALS);
        Fr root = key.scalar("w");
        Fr k1 = key.scalar("k1");
        Fr k2 = key.scalar("k2");
        List<Point<Fp>> selectors = List.of(key.g1("Qm"), key.g1("Ql"), key.g1("Qr"), key.g1("Qo"), key.g1("Qc"));
        List<Point<Fp>> permutations = List.of(key.g1("S1"), key.g1("S2"), key.g1("S3"));
        Point<Fp2> secret = key.g2("X_2");
        return checked(() -> new PlonkKey(power, signals, root, k1, k2, selectors, permutations, secret));
    }

    /** {@code public.json}: the public signals. */
    public List<Fr> signals(String json) throws MalformedDocumentException {
        return signals(read(json));
    }

    public List<Fr> signals(Json json) throws MalformedDocumentException {
        return SnarkjsObject.scalars("public signals", json, MAX_SIGNALS);
    }

    /** Any document within the limits. */
    public Json read(String json) throws MalformedDocumentException {
        if (json.length() > MAX_CHARACTERS) {
            throw new MalformedDocumentException(
                    "it has %d characters, at most %d are read".formatted(json.length(), MAX_CHARACTERS));
        }
        return reader.read(json);
    }

    /** Points are checked where they are put together. */
    private static <T> T checked(Supplier<T> made) throws MalformedDocumentException {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedDocumentException(Objects.requireNonNullElse(e.getMessage(), "a point is wrong"));
        }
    }
}
