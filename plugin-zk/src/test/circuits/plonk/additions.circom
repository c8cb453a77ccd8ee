pragma circom 2.1.0;

// Nothing is multiplied, so that one of the key's commitments is to zero, and constants are used: compiled without simplification.
template Additions() {
    signal input numbers[5];
    signal output sum;
    signal sums[5];
    sums[0] <== numbers[0] + 7;
    for (var i = 1; i < 5; i++) {
        sums[i] <== sums[i - 1] + (i + 1) * numbers[i] - 1;
    }
    sum <== 3 * sums[4] + 11;
}

component main = Additions();
