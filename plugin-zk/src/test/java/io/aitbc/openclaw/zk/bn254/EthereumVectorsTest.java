package io.aitbc.openclaw.zk.bn254;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published examples of EIP-196 and EIP-197 that Ethereum clients share: a name, the result, the input. */
class EthereumVectorsTest {
    private static final int WORD = 64;

    static List<String> additions() throws IOException {
        return lines("eip-196-addition.txt");
    }

    static List<String> multiplications() throws IOException {
        return lines("eip-196-multiplication.txt");
    }

    static List<String> pairings() throws IOException {
        return lines("eip-197-pairing.txt");
    }

    @ParameterizedTest
    @MethodSource("additions")
    void addition_is_that_of_ethereum(String example) {
        String input = input(example);
        Point<Fp> sum = G1.add(g1(input, 0), g1(input, 2));
        assertThat(hex(sum)).isEqualTo(example.split(" ")[1]);
    }

    @ParameterizedTest
    @MethodSource("multiplications")
    void multiplication_is_that_of_ethereum(String example) {
        String input = input(example);
        assertThat(hex(G1.multiply(g1(input, 0), word(input, 2)))).isEqualTo(example.split(" ")[1]);
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void pairing_check_is_that_of_ethereum(String example) {
        String input = example.split(" ").length > 2 ? input(example) : "";
        PairingProduct product = new PairingProduct();
        for (int i = 0; i * 6 * WORD + 6 * WORD <= input.length(); i++) {
            Point<Fp> p = g1(input, 6 * i);
            // imaginary parts come first
            Point<Fp2> q = Point.of(
                    Fp2.of(word(input, 6 * i + 3), word(input, 6 * i + 2)),
                    Fp2.of(word(input, 6 * i + 5), word(input, 6 * i + 4)));
            assertThat(G1.contains(p)).isTrue();
            assertThat(G2.contains(q)).isTrue();
            product.with(p, q);
        }
        assertThat(product.value().isOne()).isEqualTo(example.split(" ")[1].endsWith("1"));
    }

    /** Missing words read as zeros. */
    private static String input(String example) {
        String[] parts = example.split(" ");
        String given = parts.length > 2 ? parts[2] : "";
        return parts[1].length() == WORD ? given : given + "0".repeat(Math.max(0, 4 * WORD - given.length()));
    }

    private static Point<Fp> g1(String input, int at) {
        BigInteger x = word(input, at);
        BigInteger y = word(input, at + 1);
        Point<Fp> point =
                x.signum() == 0 && y.signum() == 0 ? Point.infinity(Fp.ZERO) : Point.of(Fp.valueOf(x), Fp.valueOf(y));
        assertThat(G1.contains(point)).isTrue();
        return point;
    }

    private static BigInteger word(String input, int at) {
        return new BigInteger(input.substring(at * WORD, (at + 1) * WORD), 16);
    }

    private static String hex(Point<Fp> point) {
        return "%064x%064x".formatted(point.x().value(), point.y().value());
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream input = EthereumVectorsTest.class.getResourceAsStream(resource)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
