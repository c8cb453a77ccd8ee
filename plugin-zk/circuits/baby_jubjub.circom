pragma circom 2.2.0;

// The curve Baby Jubjub (EIP-2494): 168700 x^2 + y^2 = 1 + 168696 x^2 y^2 over the field of the circuit. As 168700 is a square in it and 168696 is none,
// the addition law is complete: its denominators are not zero for any two points of the curve (D. Bernstein et al., 2008/013). The group has
// 8 * l elements with a prime l.
//
// The same curve as Montgomery's y^2 = x^3 + 168698 x^2 + x saves constraints where it is known that no exception of its addition occurs.

function edwardsA() {
    return 168700;
}

function edwardsD() {
    return 168696;
}

function montgomeryA() {
    return 168698;
}

// Sound: the equation of the curve itself.
template OnCurve() {
    signal input x;
    signal input y;
    signal xx <== x * x;
    signal yy <== y * y;
    edwardsD() * xx * yy === edwardsA() * xx + yy - 1;
}

// Twice a point of the curve.
//
// Sound: by the curve's equation a x^2 + y^2 = 1 + d x^2 y^2 and 2 - a x^2 - y^2 = 1 - d x^2 y^2, which are not zero as the law is complete. So each
// coordinate is the one quotient.
template EdwardsDouble() {
    signal input x;
    signal input y;
    signal output outX;
    signal output outY;
    signal xy <== x * y;
    signal xx <== x * x;
    signal yy <== y * y;
    var sum = edwardsA() * xx + yy;
    outX <-- 2 * xy / sum;
    outX * sum === 2 * xy;
    outY <-- (yy - edwardsA() * xx) / (2 - sum);
    outY * (2 - sum) === yy - edwardsA() * xx;
}

// Sum of two points of the curve, whatever they are.
//
// Sound: as the law is complete, neither 1 + d x1 x2 y1 y2 nor 1 - d x1 x2 y1 y2 is zero, and each coordinate is the one quotient.
template EdwardsAdd() {
    signal input x[2];
    signal input y[2];
    signal output outX;
    signal output outY;
    signal one <== x[0] * y[1];
    signal other <== y[0] * x[1];
    // y0 y1 + y0 x1 - a x0 x1 - a x0 y1
    signal both <== (y[0] - edwardsA() * x[0]) * (x[1] + y[1]);
    signal all <== one * other;
    outX <-- (one + other) / (1 + edwardsD() * all);
    outX * (1 + edwardsD() * all) === one + other;
    outY <-- (both + edwardsA() * one - other) / (1 - edwardsD() * all);
    outY * (1 - edwardsD() * all) === both + edwardsA() * one - other;
}

// To Montgomery's form, for a point whose x is not zero.
//
// Sound: then y is not 1, so that both equations have one solution.
template ToMontgomery() {
    signal input x;
    signal input y;
    signal output outX;
    signal output outY;
    outX <-- (1 + y) / (1 - y);
    outX * (1 - y) === 1 + y;
    outY <-- outX / x;
    outY * x === outX;
}

// From Montgomery's form, for a point of prime order.
//
// Sound: only points of order 2 have y = 0, and x = -1 is on no point of the curve, as it would be at infinity in Edwards' form, where a complete curve has
// none. So both equations have one solution.
template ToEdwards() {
    signal input x;
    signal input y;
    signal output outX;
    signal output outY;
    outX <-- x / y;
    outX * y === x;
    outY <-- (x - 1) / (x + 1);
    outY * (x + 1) === x - 1;
}
