pragma circom 2.2.0;

include "baby_jubjub.circom";
include "bits.circom";
include "constants/base_point.circom";

// Twice and three times a point of prime order in Montgomery's form.
//
// Sound: y is not zero, as the point is not of order 2; twice the point has another x, as its order is not 3. So each slope is the one quotient.
template MontgomeryTriple() {
    signal input x;
    signal input y;
    signal output outX;
    signal output outY;
    signal xx <== x * x;
    signal tangent <-- (3 * xx + 2 * montgomeryA() * x + 1) / (2 * y);
    tangent * 2 * y === 3 * xx + 2 * montgomeryA() * x + 1;
    signal twiceX <== tangent * tangent - montgomeryA() - 2 * x;
    signal twiceY <== tangent * (x - twiceX) - y;
    signal slope <-- (twiceY - y) / (twiceX - x);
    slope * (twiceX - x) === twiceY - y;
    outX <== slope * slope - montgomeryA() - twiceX - x;
    outY <== slope * (x - outX) - y;
}

// 2 P + Q as (P + Q) + P in Montgomery's form, without the y of P + Q.
//
// Sound if P is neither Q nor -Q, and P + Q is neither P nor -P: then the denominators qx - px and px - sumX are not zero. The caller shows it.
template DoubleAndAdd() {
    signal input px;
    signal input py;
    signal input qx;
    signal input qy;
    signal output outX;
    signal output outY;
    signal output sumX;
    signal slope <-- (qy - py) / (qx - px);
    slope * (qx - px) === qy - py;
    sumX <== slope * slope - montgomeryA() - px - qx;
    signal next <-- 2 * py / (px - sumX) - slope;
    (slope + next) * (px - sumX) === 2 * py;
    outX <== next * next - montgomeryA() - sumX - px;
    outY <== next * (px - outX) - py;
}

// scalar * P, for a point P of the prime order l in Edwards' form that is not the neutral element, and any scalar below r, the order of the field.
//
// The bits are those of k = scalar + 11 l, which lies between 2^254 and 2^255, as this leaves no leading zeros; k * P is scalar * P.
//
// Sound:
// * The bits stand for a whole number between 11 l and 11 l + r - 1, and its equation holds modulo r. There are r numbers, so only one fits: a scalar has
//   no second form.
// * k made odd is the sum of digits +1 and -1 at all powers of two, the digit at 2^i being 2 * bit[i + 1] - 1. The ladder's first two digits are +1, which
//   makes m = 3, and each step makes m P to (2 m +- 1) P. P + Q or a slope is not defined only if 2 m +- 1 or m +- 1 is a multiple of l. As long as
//   2 m + 1 < l, which is so for all but the last five steps, none is. In the last five steps it is a constraint.
// * If k is even, 1 * P too much is taken off with the complete law.
template Multiply() {
    signal input scalar;
    signal input x;
    signal input y;
    signal output outX;
    signal output outY;

    // 11 l - 2^254
    var offset = offsetHigh() * (1 << 128) + offsetLow();
    signal bit[254];
    var carry = 0;
    var power = 1;
    var sum = 0;
    for (var i = 0; i < 254; i++) {
        var digit = ((scalar >> i) & 1) + bitOf(offsetHigh(), offsetLow(), i) + carry;
        bit[i] <-- digit & 1;
        carry = digit >> 1;
        bit[i] * (bit[i] - 1) === 0;
        sum += bit[i] * power;
        power = power + power;
    }
    sum === scalar + offset;
    component least = Bounded(254, offsetHigh(), offsetLow(), 1);
    component most = Bounded(254, lastHigh(), lastLow(), 0);
    for (var i = 0; i < 254; i++) {
        least.bit[i] <== bit[i];
        most.bit[i] <== bit[i];
    }

    component base = ToMontgomery();
    base.x <== x;
    base.y <== y;
    component triple = MontgomeryTriple();
    triple.x <== base.outX;
    triple.y <== base.outY;
    component step[253];
    component finite[5];
    for (var i = 0; i < 253; i++) {
        step[i] = DoubleAndAdd();
        if (i == 0) {
            step[i].px <== triple.outX;
            step[i].py <== triple.outY;
        } else {
            step[i].px <== step[i - 1].outX;
            step[i].py <== step[i - 1].outY;
        }
        step[i].qx <== base.outX;
        step[i].qy <== (2 * bit[253 - i] - 1) * base.outY;
        if (i >= 248) {
            finite[i - 248] = NotZero();
            finite[i - 248].number <== (base.outX - step[i - 1].outX) * (step[i - 1].outX - step[i].sumX);
        }
    }
    component odd = ToEdwards();
    odd.x <== step[252].outX;
    odd.y <== step[252].outY;

    // minus P if k is even, else the neutral element (0, 1)
    component corrected = EdwardsAdd();
    corrected.x[0] <== odd.outX;
    corrected.y[0] <== odd.outY;
    corrected.x[1] <== (bit[0] - 1) * x;
    corrected.y[1] <== (1 - bit[0]) * (y - 1) + 1;
    outX <== corrected.outX;
    outY <== corrected.outY;
}

// scalar * B for the base point B, which has the order l, and a scalar below l.
//
// Sound:
// * The scalar has 251 bits that make a whole number of at most l - 1; so has no other number modulo r.
// * The scalar made odd is the sum of digits +1 and -1, two of which make a window e * 4^i with e in {-3, -1, 1, 3}; the last digit is +1 at 2^250. What the
//   windows below i sum up to is less than 4^i, so it is never plus or minus the next window, nor is their sum a multiple of l, as all of it is below
//   2^250. The last addition alone could be an exception, and must not be, by a constraint.
// * If the scalar is even, 1 * B too much is taken off with the complete law.
template MultiplyBase() {
    signal input scalar;
    signal output outX;
    signal output outY;

    component bits = Bits(251);
    bits.number <== scalar;
    component canonical = Bounded(251, subgroupHigh(), subgroupLow() - 1, 0);
    for (var i = 0; i < 251; i++) {
        canonical.bit[i] <== bits.bit[i];
    }

    // Of B and 3 B, times 4^i, in Montgomery's form.
    var onceX[125] = baseOnceX();
    var onceY[125] = baseOnceY();
    var threeX[125] = baseThreeX();
    var threeY[125] = baseThreeY();
    signal product[125];
    signal slope[125];
    signal sumX[125];
    signal sumY[125];
    component finite = NotZero();
    var x = 0;
    var y = 0;
    for (var i = 0; i < 126; i++) {
        var windowX = baseLastX();
        var windowY = baseLastY();
        if (i < 125) {
            // With digits p = 2 b - 1 and q: the window is +-3 if p q = 1, else +-1, and has the sign of q.
            var low = 2 * bits.bit[2 * i + 1] - 1;
            var high = 2 * bits.bit[2 * i + 2] - 1;
            product[i] <== low * high;
            windowX = (threeX[i] + onceX[i]) / 2 + product[i] * ((threeX[i] - onceX[i]) / 2);
            windowY = high * ((threeY[i] + onceY[i]) / 2) + low * ((threeY[i] - onceY[i]) / 2);
        }
        if (i == 0) {
            x = windowX;
            y = windowY;
        } else {
            slope[i - 1] <-- (windowY - y) / (windowX - x);
            slope[i - 1] * (windowX - x) === windowY - y;
            sumX[i - 1] <== slope[i - 1] * slope[i - 1] - montgomeryA() - windowX - x;
            sumY[i - 1] <== slope[i - 1] * (x - sumX[i - 1]) - y;
            if (i == 125) {
                finite.number <== windowX - x;
            }
            x = sumX[i - 1];
            y = sumY[i - 1];
        }
    }
    component odd = ToEdwards();
    odd.x <== sumX[124];
    odd.y <== sumY[124];
    component corrected = EdwardsAdd();
    corrected.x[0] <== odd.outX;
    corrected.y[0] <== odd.outY;
    corrected.x[1] <== (bits.bit[0] - 1) * baseX();
    corrected.y[1] <== (1 - bits.bit[0]) * (baseY() - 1) + 1;
    outX <== corrected.outX;
    outY <== corrected.outY;
}
