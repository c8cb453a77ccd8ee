pragma circom 2.1.0;

// Three secret numbers with a public product and a public sum; the first of them is a byte.
template Sums() {
    signal input numbers[3];
    signal output product;
    signal output sum;
    signal bits[8];
    var byte = 0;
    for (var i = 0; i < 8; i++) {
        bits[i] <-- (numbers[0] >> i) & 1;
        bits[i] * (bits[i] - 1) === 0;
        byte += bits[i] * (1 << i);
    }
    byte === numbers[0];
    signal first <== numbers[0] * numbers[1];
    product <== first * numbers[2];
    sum <== numbers[0] + numbers[1] + numbers[2];
}

component main = Sums();
