package io.aitbc.openclaw.zk.prover;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Scalars;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** All signals of a circuit: 1, the public ones, the others. It is secret, so there is no text of it; closing overwrites it. */
public final class Witness implements AutoCloseable {
    private final Scalars signals;

    private Witness(Scalars signals) {
        this.signals = signals;
    }

    /**
     * @param limbs of plain numbers, four each, least significant first; they are not copied
     * @throws MalformedFileException when they cannot be a witness
     */
    public static Witness of(long[] limbs) throws MalformedFileException {
        Scalars signals;
        try {
            signals = Scalars.of(limbs);
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException(String.valueOf(e.getMessage()));
        }
        if (signals.size() == 0 || !signals.number(0).equals(BigInteger.ONE)) {
            throw new MalformedFileException("its first signal is not 1");
        }
        return new Witness(signals);
    }

    public int size() {
        return signals.size();
    }

    /** Plain numbers. */
    Scalars signals() {
        return signals;
    }

    /** The public signals: those after the first. */
    public List<Fr> publicSignals(int count) {
        List<Fr> list = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            list.add(Fr.valueOf(signals.number(i)));
        }
        return list;
    }

    @Override
    public void close() {
        signals.clear();
    }
}
