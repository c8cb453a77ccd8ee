package io.aitbc.openclaw.zk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoseidonTest {
    @Test
    void recorded_hashes_come_out() throws Exception {
        Json.Items vectors = (Json.Items) new JsonReader().read(Resources.text("poseidon4_vectors.json"));
        assertThat(vectors.list()).hasSize(3);
        for (Json item : vectors.list()) {
            Json.Members vector = (Json.Members) item;
            List<BigInteger> inputs = ((Json.Items) vector.get("in").orElseThrow())
                    .list().stream()
                            .map(input -> new BigInteger(((Json.Text) input).value()))
                            .toList();
            assertThat(Poseidon.hash(inputs))
                    .isEqualTo(new BigInteger(vector.text("out").orElseThrow()));
        }
    }

    @Test
    void each_input_counts() {
        List<BigInteger> inputs = List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.valueOf(3), BigInteger.valueOf(4));
        List<BigInteger> swapped =
                List.of(BigInteger.TWO, BigInteger.ONE, BigInteger.valueOf(3), BigInteger.valueOf(4));
        assertThat(Poseidon.hash(inputs)).isNotEqualTo(Poseidon.hash(swapped));
        assertThatThrownBy(() -> Poseidon.hash(inputs.subList(0, 3))).hasMessageContaining("not 3");
    }
}
