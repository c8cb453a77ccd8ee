package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Inverses of many numbers for the price of one and some multiplications (Montgomery's trick). */
public final class Inverses {
    private Inverses() {}

    /** @throws ArithmeticException if one of them is zero */
    public static <F extends FieldElement<F>> List<F> of(List<F> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        List<F> products = new ArrayList<>();
        F product = numbers.getFirst().one();
        for (F number : numbers) {
            products.add(product);
            product = product.multiply(number);
        }
        F inverse = product.inverse();
        List<F> inverses = new ArrayList<>(Collections.nCopies(numbers.size(), inverse));
        for (int i = numbers.size() - 1; i >= 0; i--) {
            inverses.set(i, inverse.multiply(products.get(i)));
            inverse = inverse.multiply(numbers.get(i));
        }
        return inverses;
    }
}
