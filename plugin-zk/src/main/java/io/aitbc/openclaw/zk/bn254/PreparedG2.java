package io.aitbc.openclaw.zk.bn254;

import java.util.ArrayList;
import java.util.List;

/** A point of G2 with its lines, for points that many pairings share: the parts of a verification key. */
public final class PreparedG2 {
    private final Point<Fp2> point;
    private final List<Line> lines = new ArrayList<>();

    /** @param point of G2, not infinite */
    public PreparedG2(Point<Fp2> point) {
        this.point = point;
        LineSteps steps = new LineSteps(point);
        List<Line> raw = new ArrayList<>();
        AteLoop.run(() -> {}, step -> raw.add(step.apply(steps)));
        List<Fp2> inverses = Inverses.of(raw.stream().map(Line::one).toList());
        for (int i = 0; i < raw.size(); i++) {
            Fp2 inverse = inverses.get(i);
            lines.add(new Line(
                    Fp2.ONE,
                    raw.get(i).slope().multiply(inverse),
                    raw.get(i).offset().multiply(inverse)));
        }
    }

    public Point<Fp2> point() {
        return point;
    }

    /** The lines in the order of the loop, their first coefficient one. */
    Line line(int index) {
        return lines.get(index);
    }
}
