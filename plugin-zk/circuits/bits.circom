pragma circom 2.2.0;

// A number of n bits, the least significant first; n is at most 253.
//
// Sound: b * (b - 1) = 0 leaves 0 and 1 for a bit. The sum is then a whole number below 2^n, which is below the field's order, so that the
// equation is one of whole numbers: the number is below 2^n, and its bits are the only ones.
template Bits(n) {
    signal input number;
    signal output bit[n];
    var sum = 0;
    for (var i = 0; i < n; i++) {
        bit[i] <-- (number >> i) & 1;
        bit[i] * (bit[i] - 1) === 0;
        sum += bit[i] * (1 << i);
    }
    sum === number;
}

// Bit i of the number high * 2^128 + low.
function bitOf(high, low, i) {
    if (i < 128) {
        return (low >> i) & 1;
    }
    return (high >> (i - 128)) & 1;
}

// How many of the n bits of the bound are set; of those of its complement, if it is a lower one.
function onesOf(n, high, low, lower) {
    var ones = 0;
    for (var i = 0; i < n; i++) {
        ones += bitOf(high, low, i) == 1 - lower;
    }
    return ones;
}

// Bits that are at most (lower = 0) or at least (lower = 1) the constant high * 2^128 + low.
//
// Sound for bits that are 0 or 1: from the top, "equal" is 1 as long as the number has all the ones that the bound has, 0 from the first one it
// lacks, as products of bits. While it is 1, the number must not have a one where the bound has a zero; the sum over a run of zeros is zero only if
// each of its bits is, as it is a small whole number. For a lower bound all bits are turned round: x >= c is 2^n - 1 - x <= 2^n - 1 - c.
template Bounded(n, high, low, lower) {
    signal input bit[n];
    signal equals[onesOf(n, high, low, lower) - 1];
    var equal = 1;
    var ones = 0;
    var zeros = 0;
    var run = 0;
    for (var i = n - 1; i >= 0; i--) {
        var turned = bit[i];
        if (lower == 1) {
            turned = 1 - bit[i];
        }
        if (bitOf(high, low, i) == 1 - lower) {
            if (run == 1) {
                equal * zeros === 0;
                zeros = 0;
                run = 0;
            }
            if (ones == 0) {
                equal = turned;
            } else {
                equals[ones - 1] <== equal * turned;
                equal = equals[ones - 1];
            }
            ones++;
        } else {
            zeros += turned;
            run = 1;
        }
    }
    if (run == 1) {
        equal * zeros === 0;
    }
}

// Sound: zero has no inverse.
template NotZero() {
    signal input number;
    signal inverse <-- 1 / number;
    number * inverse === 1;
}
