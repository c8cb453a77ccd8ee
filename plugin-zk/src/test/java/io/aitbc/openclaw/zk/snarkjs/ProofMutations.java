package io.aitbc.openclaw.zk.snarkjs;

import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.G1;
import io.aitbc.openclaw.zk.bn254.G2;
import io.aitbc.openclaw.zk.bn254.Point;
import io.aitbc.openclaw.zk.bn254.TwistPoints;
import io.aitbc.openclaw.zk.groth16.Groth16Proof;
import io.aitbc.openclaw.zk.json.MalformedDocumentException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes proofs in ways that an attacker or an accident might. Numbers stay in their one spelling. */
final class ProofMutations {
    private static final Pattern NUMBER = Pattern.compile("\"([0-9]{5,})\"");
    private static final Pattern G1_POINT = Pattern.compile("\\[\\s*\"[0-9]{5,}\",\\s*\"[0-9]{5,}\",\\s*\"1\"\\s*\\]");

    private final Random random;
    private final String proof;
    private final String signals;

    record Mutant(String kind, String proof, String signals) {}

    ProofMutations(Random random, String proof, String signals) {
        this.random = random;
        this.proof = proof;
        this.signals = signals;
    }

    Mutant none() {
        return new Mutant("none", proof, signals);
    }

    Mutant groth16() {
        return switch (random.nextInt(9)) {
            case 0 -> digit();
            case 1 -> number();
            case 2 -> twoSwapped();
            case 3 -> pointReplaced();
            case 4 -> signal();
            case 5 -> new Mutant("infinity", infinite(), signals);
            case 6 ->
                new Mutant("another proof of the same", scaled(Fr.valueOf(2 + random.nextInt(1000)), true), signals);
            case 7 -> new Mutant("b not scaled back", scaled(Fr.valueOf(2 + random.nextInt(1000)), false), signals);
            default -> negated();
        };
    }

    Mutant plonk() {
        return switch (random.nextInt(7)) {
            case 0 -> digit();
            case 1 -> number();
            case 2 -> twoSwapped();
            case 3 -> pointReplaced();
            case 4 -> new Mutant("infinity", replaced(any(G1_POINT), "[\"0\", \"1\", \"0\"]"), signals);
            case 5 -> pointNegated();
            default -> signal();
        };
    }

    private Mutant pointNegated() {
        MatchResult point = any(G1_POINT);
        MatchResult y = NUMBER.matcher(point.group()).results().toList().get(1);
        BigInteger negated = Fp.PRIME.subtract(new BigInteger(y.group(1)));
        return new Mutant("negated", replaced(point, point.group().replace(y.group(1), negated.toString())), signals);
    }

    private Mutant digit() {
        MatchResult number = any(NUMBER);
        int at = number.start(1) + 1 + random.nextInt(number.end(1) - number.start(1) - 1);
        char other = (char) ('0' + (proof.charAt(at) - '0' + 1 + random.nextInt(9)) % 10);
        return new Mutant("digit", proof.substring(0, at) + other + proof.substring(at + 1), signals);
    }

    private Mutant number() {
        MatchResult number = any(NUMBER);
        BigInteger other = new BigInteger(256, random).mod(Fr.ORDER);
        return new Mutant("number", replaced(number, "\"" + other + "\""), signals);
    }

    private Mutant twoSwapped() {
        List<MatchResult> numbers = NUMBER.matcher(proof).results().toList();
        MatchResult one = numbers.get(random.nextInt(numbers.size()));
        MatchResult other = numbers.get(random.nextInt(numbers.size()));
        String swapped = proof.replace(one.group(), "\"@\"")
                .replace(other.group(), one.group())
                .replace("\"@\"", other.group());
        return new Mutant("swapped", swapped, signals);
    }

    private Mutant pointReplaced() {
        Point<Fp> point = G1.multiply(G1.GENERATOR, BigInteger.valueOf(1 + random.nextInt(1 << 20)));
        return new Mutant(
                "point", replaced(any(G1_POINT), "[\"%s\", \"%s\", \"1\"]".formatted(point.x(), point.y())), signals);
    }

    /** A last signal that is zero is not left out: for snarkjs that changes nothing. */
    private Mutant signal() {
        List<String> numbers = new ArrayList<>();
        Pattern.compile("\"([0-9]+)\"").matcher(signals).results().forEach(result -> numbers.add(result.group(1)));
        int change = random.nextInt(5);
        if (numbers.isEmpty() || change == 0) {
            numbers.add(Integer.toString(random.nextInt(5)));
        } else if (change == 1 && !numbers.getLast().equals("0")) {
            numbers.removeLast();
        } else {
            int index = random.nextInt(numbers.size());
            BigInteger number = new BigInteger(numbers.get(index));
            numbers.set(
                    index,
                    switch (change) {
                        case 2 -> number.add(Fr.ORDER).toString();
                        case 3 ->
                            number.add(BigInteger.valueOf(1 + random.nextInt(9)))
                                    .mod(Fr.ORDER)
                                    .toString();
                        default -> new BigInteger(256, random).mod(Fr.ORDER).toString();
                    });
        }
        return new Mutant("signals", proof, numbers.isEmpty() ? "[]" : "[\"" + String.join("\",\"", numbers) + "\"]");
    }

    private String infinite() {
        return switch (random.nextInt(3)) {
            case 0 -> replaced(any(G1_POINT), "[\"0\", \"1\", \"0\"]");
            case 1 ->
                proof.replaceFirst(
                        "(?s)\"pi_b\": .*?\"pi_c\"", "\"pi_b\": [[\"0\",\"0\"],[\"1\",\"0\"],[\"0\",\"0\"]], \"pi_c\"");
            default ->
                proof.replaceFirst(
                        "(?s)\"pi_b\": .*?\"pi_c\"", "\"pi_b\": %s, \"pi_c\"".formatted(TwistPoints.outsideSubgroup()));
        };
    }

    private String scaled(Fr factor, boolean back) {
        Groth16Proof genuine = genuine();
        BigInteger other = (back ? factor.inverse() : factor).value();
        return ProofTexts.groth16(new Groth16Proof(
                G1.multiply(genuine.a(), factor.value()), G2.multiply(genuine.b(), other), genuine.c()));
    }

    /** The signs of A and B cancel out. */
    private Mutant negated() {
        Groth16Proof genuine = genuine();
        int which = 1 + random.nextInt(7);
        return new Mutant(
                "negated " + which,
                ProofTexts.groth16(new Groth16Proof(
                        (which & 1) == 0 ? genuine.a() : genuine.a().negate(),
                        (which & 2) == 0 ? genuine.b() : genuine.b().negate(),
                        (which & 4) == 0 ? genuine.c() : genuine.c().negate())),
                signals);
    }

    private Groth16Proof genuine() {
        try {
            return new SnarkjsReader().groth16Proof(proof);
        } catch (MalformedDocumentException e) {
            throw new AssertionError(e);
        }
    }

    private MatchResult any(Pattern pattern) {
        List<MatchResult> all = pattern.matcher(proof).results().toList();
        return all.get(random.nextInt(all.size()));
    }

    private String replaced(MatchResult part, String other) {
        return proof.substring(0, part.start()) + other + proof.substring(part.end());
    }
}
