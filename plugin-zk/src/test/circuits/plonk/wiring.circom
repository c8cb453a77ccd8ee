pragma circom 2.1.0;

// One number is on the wires of most gates, left, right and out: its bits, its powers, and products with itself and with its bits.
template Wiring() {
    signal input number;
    signal input other;
    signal output power;
    signal output selected;
    signal bits[16];
    signal chosen[16];
    signal powers[16];
    var sum = 0;
    var picked = 0;
    powers[0] <== number * number;
    for (var i = 0; i < 16; i++) {
        bits[i] <-- (number >> i) & 1;
        bits[i] * (bits[i] - 1) === 0;
        sum += bits[i] * (1 << i);
        chosen[i] <== bits[i] * (number - other) + other;
        picked += chosen[i];
        if (i > 0) {
            powers[i] <== powers[i - 1] * number;
        }
    }
    sum === number;
    power <== powers[15];
    selected <== picked;
}

component main {public [other]} = Wiring();
