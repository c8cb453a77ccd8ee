package io.aitbc.openclaw.zk.groth16;

import io.aitbc.openclaw.zk.bn254.Checked;
import io.aitbc.openclaw.zk.bn254.Fp;
import io.aitbc.openclaw.zk.bn254.Fp2;
import io.aitbc.openclaw.zk.bn254.Point;
import java.util.List;

/**
 * A verification key whose points are in their groups and finite.
 *
 * @param inputs IC of snarkjs: one point, and one more for each public signal
 */
public record Groth16Key(Point<Fp> alpha, Point<Fp2> beta, Point<Fp2> gamma, Point<Fp2> delta, List<Point<Fp>> inputs) {
    /** @throws IllegalArgumentException that says why proofs under this key would show nothing */
    public Groth16Key {
        inputs = List.copyOf(inputs);
        Checked.finiteG1("vk_alpha_1", alpha);
        Checked.finiteG2("vk_beta_2", beta);
        Checked.finiteG2("vk_gamma_2", gamma);
        Checked.finiteG2("vk_delta_2", delta);
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("IC is empty");
        }
        for (int i = 0; i < inputs.size(); i++) {
            Checked.finiteG1("IC[%d]".formatted(i), inputs.get(i));
        }
        if (gamma.equals(delta)) {
            throw new IllegalArgumentException(
                    "vk_gamma_2 and vk_delta_2 are the same point: nobody contributed to the setup, anybody can forge proofs");
        }
    }

    /** How many public signals a statement has. */
    public int signals() {
        return inputs.size() - 1;
    }
}
