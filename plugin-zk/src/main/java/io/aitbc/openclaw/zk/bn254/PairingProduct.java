package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The product of pairings, with one chain of squarings and one final exponentiation for all of them. For one thread. */
public final class PairingProduct {
    private final List<Point<Fp>> points = new ArrayList<>();
    private final List<LineSteps> steps = new ArrayList<>();
    private final List<Point<Fp>> preparedPoints = new ArrayList<>();
    private final List<PreparedG2> prepared = new ArrayList<>();

    /**
     * Multiplies with e(point, other).
     *
     * @param point of G1
     * @param other of G2
     */
    public PairingProduct with(Point<Fp> point, Point<Fp2> other) {
        if (!point.infinite() && !other.infinite()) {
            points.add(point);
            steps.add(new LineSteps(other));
        }
        return this;
    }

    /** Multiplies with e(point, other). */
    public PairingProduct with(Point<Fp> point, PreparedG2 other) {
        if (!point.infinite()) {
            preparedPoints.add(point);
            prepared.add(other);
        }
        return this;
    }

    /** The product; one if there are no factors. To be called once. */
    public Fp12 value() {
        Loop loop = new Loop();
        AteLoop.run(loop::square, loop::step);
        return FinalExponentiation.of(loop.value);
    }

    /** Lines are divided by the point's y, which the final exponentiation does not notice: that saves a product each. */
    private final class Loop {
        private final List<Fp> inverses = inverses(points);
        private final List<Fp> quotients = quotients(points, inverses);
        private final List<Fp> preparedInverses = inverses(preparedPoints);
        private final List<Fp> preparedQuotients = quotients(preparedPoints, preparedInverses);
        private Fp12 value = Fp12.ONE;
        private int done;

        private void square() {
            value = value.square();
        }

        private void step(Function<LineSteps, Line> step) {
            for (int i = 0; i < steps.size(); i++) {
                Line line = step.apply(steps.get(i));
                value = value.multiplyLine(
                        line.one(),
                        line.slope().multiply(quotients.get(i)),
                        line.offset().multiply(inverses.get(i)));
            }
            for (int i = 0; i < prepared.size(); i++) {
                Line line = prepared.get(i).line(done);
                value = value.multiplyLine(
                        line.slope().multiply(preparedQuotients.get(i)),
                        line.offset().multiply(preparedInverses.get(i)));
            }
            done++;
        }

        /** 1/y. */
        private static List<Fp> inverses(List<Point<Fp>> points) {
            return Inverses.of(points.stream().map(Point::y).toList());
        }

        /** x/y. */
        private static List<Fp> quotients(List<Point<Fp>> points, List<Fp> inverses) {
            List<Fp> quotients = new ArrayList<>();
            for (int i = 0; i < points.size(); i++) {
                quotients.add(points.get(i).x().multiply(inverses.get(i)));
            }
            return quotients;
        }
    }
}
