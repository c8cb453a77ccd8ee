package io.aitbc.openclaw.zk.receiptchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aitbc.openclaw.zk.babyjubjub.EddsaKey;
import io.aitbc.openclaw.zk.babyjubjub.EddsaSignature;
import io.aitbc.openclaw.zk.babyjubjub.EdwardsPoint;
import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.circuit.RefusedInputException;
import io.aitbc.openclaw.zk.circuit.SignalProgram;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the circuit takes, and what it does not. */
class SignalProgramTest {
    private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private final TestingReceipts receipts = new TestingReceipts(3);

    @ParameterizedTest
    @ValueSource(strings = {"0", "108", "18446744073709551614"})
    void price_may_be_the_cap_and_no_more(String text) throws Exception {
        BigInteger price = new BigInteger(text);
        Receipt receipt = receipts.receiptAmongOthers(price);
        assertThat(TestingReceipts.signals(receipts.inputs(receipt, price))).isNotEmpty();
        assertThat(TestingReceipts.signals(receipts.inputs(receipt, MOST))).isNotEmpty();
        assertRefused(receipts.inputs(receipt, price.subtract(BigInteger.ONE).mod(Fr.ORDER)), price.signum() == 0);
    }

    /** A cap of minus one is the largest number there is: the circuit refuses it for a price of 0, as the rest would be too large. */
    private void assertRefused(Map<String, List<BigInteger>> inputs, boolean negativeCap) {
        assertThatThrownBy(() -> new SignalProgram().compute(inputs))
                .as("negative cap: %s", negativeCap)
                .isInstanceOf(RefusedInputException.class)
                .hasMessage("a constraint does not hold");
    }

    @Test
    void highest_price_and_cap_are_taken() throws Exception {
        Receipt receipt = receipts.receiptAmongOthers(MOST);
        assertThat(TestingReceipts.signals(receipts.inputs(receipt, MOST))).isNotEmpty();
        assertRefused(receipts.inputs(receipt, MOST.subtract(BigInteger.ONE)), false);
        Map<String, List<BigInteger>> above = receipts.inputs(receipt, MOST);
        above.put("price", List.of(BigInteger.TWO.pow(64)));
        above.put("cap", List.of(BigInteger.TWO.pow(64)));
        assertRefused(above, false);
    }

    @Test
    void forged_and_changed_signatures_are_refused() {
        Receipt receipt = receipts.receiptAmongOthers(TestingReceipts.PRICE);
        EddsaSignature genuine = receipts.key.sign(receipt.hash());
        EddsaKey other = new EddsaKey(receipts.bytes(32));
        EdwardsPoint base = EdwardsPoint.BASE;
        for (EddsaSignature forged : List.of(
                other.sign(receipt.hash()),
                receipts.key.sign(receipt.hash().add(Fr.ONE)),
                new EddsaSignature(genuine.r().plus(base), genuine.s().add(BigInteger.ONE)),
                new EddsaSignature(genuine.r(), genuine.s().add(BigInteger.ONE)),
                new EddsaSignature(genuine.r(), genuine.s().add(EdwardsPoint.ORDER)),
                new EddsaSignature(new EdwardsPoint(Fr.ONE, Fr.ONE), genuine.s()))) {
            assertRefused(receipts.inputs(receipt, forged, TestingReceipts.PRICE), false);
        }
        assertThatCode(() -> TestingReceipts.signals(receipts.inputs(receipt, genuine, TestingReceipts.PRICE)))
                .doesNotThrowAnyException();
    }

    /** s B = R holds for every message under a key whose multiple by eight is neutral. */
    @Test
    void keys_of_small_order_are_refused() {
        Receipt receipt = receipts.receiptAmongOthers(TestingReceipts.PRICE);
        BigInteger once = BigInteger.valueOf(77);
        EddsaSignature forged = new EddsaSignature(EdwardsPoint.BASE.times(once), once);
        EdwardsPoint generator = new EdwardsPoint(
                Fr.valueOf(
                        new BigInteger("995203441582195749578291179787384436505546430278305826713579947235728471134")),
                Fr.valueOf(new BigInteger(
                        "5472060717959818805561601436314318772137091100104008585924551046643952123905")));
        EdwardsPoint small = generator.times(EdwardsPoint.ORDER);
        for (int i = 0; i < 8; i++) {
            EdwardsPoint key = small.times(BigInteger.valueOf(i));
            Map<String, List<BigInteger>> inputs = receipts.inputs(receipt, forged, TestingReceipts.PRICE);
            inputs.put("key", List.of(key.x().value(), key.y().value()));
            assertRefused(inputs, false);
        }
    }

    @Test
    void changed_inputs_are_refused_one_by_one() {
        Receipt receipt = receipts.receiptAmongOthers(TestingReceipts.PRICE);
        Map<String, List<BigInteger>> genuine = receipts.inputs(receipt, BigInteger.valueOf(1_000));
        for (String name : genuine.keySet()) {
            for (int i = 0; i < genuine.get(name).size(); i++) {
                List<BigInteger> values = new ArrayList<>(genuine.get(name));
                values.set(i, values.get(i).add(BigInteger.ONE).mod(Fr.ORDER));
                Map<String, List<BigInteger>> changed = new java.util.HashMap<>(genuine);
                changed.put(name, values);
                Throwable refusal = catchThrowable(() -> new SignalProgram().compute(changed));
                if (name.equals("cap")) {
                    assertThat(refusal).as("a higher cap").isNull();
                } else {
                    assertThat(refusal).as("%s %d", name, i).isInstanceOf(RefusedInputException.class);
                }
                if (name.equals("children") && i == 7) {
                    break; // two levels will do
                }
            }
        }
    }

    @Test
    void a_path_to_another_root_is_refused() {
        Receipt receipt = receipts.receiptAmongOthers(TestingReceipts.PRICE);
        Map<String, List<BigInteger>> inputs = receipts.inputs(receipt, TestingReceipts.PRICE);
        receipts.tree.append(receipts.receipt(BigInteger.ONE));
        inputs.put("root", List.of(receipts.tree.root().value()));
        assertRefused(inputs, false);
    }

    @Test
    void missing_unknown_and_surplus_inputs_are_named_without_values() {
        Map<String, List<BigInteger>> inputs =
                receipts.inputs(receipts.receiptAmongOthers(TestingReceipts.PRICE), TestingReceipts.PRICE);
        List<BigInteger> root = inputs.remove("root");
        assertThatThrownBy(() -> new SignalProgram().compute(inputs)).hasMessage("the circuit has 53 inputs, not 52");
        inputs.put("roof", root);
        assertThatThrownBy(() -> new SignalProgram().compute(inputs)).hasMessage("the circuit has no input roof");
        inputs.remove("roof");
        inputs.put("root", List.of(root.getFirst(), root.getFirst()));
        assertThatThrownBy(() -> new SignalProgram().compute(inputs)).hasMessage("input root has 1 values, not 2");
    }

    @Test
    void interrupted_work_stops() {
        Map<String, List<BigInteger>> inputs =
                receipts.inputs(receipts.receiptAmongOthers(TestingReceipts.PRICE), TestingReceipts.PRICE);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new SignalProgram().compute(inputs)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
