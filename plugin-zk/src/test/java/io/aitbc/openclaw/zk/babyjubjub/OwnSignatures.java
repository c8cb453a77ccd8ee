package io.aitbc.openclaw.zk.babyjubjub;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Signatures for another implementation to check. */
final class OwnSignatures {
    record Signed(EdwardsPoint key, EddsaSignature signature, Fr message) {
        String json() {
            return "{\"key\": %s, \"r\": %s, \"s\": \"%s\", \"message\": \"%s\"}"
                    .formatted(json(key), json(signature.r()), signature.s(), message);
        }

        private static String json(EdwardsPoint point) {
            return "[\"%s\", \"%s\"]".formatted(point.x(), point.y());
        }
    }

    private OwnSignatures() {}

    static List<Signed> all() {
        return IntStream.range(0, 8).mapToObj(OwnSignatures::signed).toList();
    }

    private static Signed signed(int seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        EddsaKey key = new EddsaKey(bytes);
        Fr message = Fr.valueOf(new BigInteger(512, random));
        return new Signed(key.publicKey(), key.sign(message), message);
    }

    /** Prints them as src/test/node/eddsa-vectors.js reads them. */
    public static void main(String[] arguments) {
        System.out.println(all().stream().map(Signed::json).collect(Collectors.joining(",\n", "[", "]")));
    }
}
