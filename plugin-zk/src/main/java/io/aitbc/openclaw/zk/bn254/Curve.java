package io.aitbc.openclaw.zk.bn254;

import java.math.BigInteger;

/** The number that the Barreto-Naehrig curve BN254 is made from. */
final class Curve {
    static final BigInteger PARAMETER = new BigInteger("4965661367192848881");

    private Curve() {}
}
