package io.aitbc.openclaw.bench.squarings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A field that coordinates of points are in. */
interface Field<E> {
    E add(E one, E other);

    E subtract(E one, E other);

    E multiply(E one, E other);

    /** @throws ArithmeticException for zero */
    E invert(E number);

    /**
     * All of them with one inversion.
     *
     * @throws ArithmeticException when one is zero
     */
    default List<E> invertAll(List<E> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        List<E> products = new ArrayList<>(numbers.size());
        E product = numbers.getFirst();
        products.add(product);
        for (E number : numbers.subList(1, numbers.size())) {
            product = multiply(product, number);
            products.add(product);
        }
        List<E> inverses = new ArrayList<>(numbers.size());
        E rest = invert(product);
        for (int i = numbers.size() - 1; i > 0; i--) {
            inverses.add(multiply(rest, products.get(i - 1)));
            rest = multiply(rest, numbers.get(i));
        }
        inverses.add(rest);
        Collections.reverse(inverses);
        return inverses;
    }
}
