pragma circom 2.1.0;

// The shape of a Poseidon hash of four numbers, with the number of constraints of AITBC's receipt_public: for tests and measurements, not for use.

template Fifth() {
    signal input in;
    signal output out;
    signal square;
    signal fourth;
    square <== in * in;
    fourth <== square * square;
    out <== fourth * in;
}

template Permutation(rounds) {
    signal input fields[4];
    signal output digest;
    component boxes[rounds][4];
    component last = Fifth();
    var lanes[4];
    for (var i = 0; i < 4; i++) {
        lanes[i] = fields[i];
    }
    for (var round = 0; round < rounds; round++) {
        for (var i = 0; i < 4; i++) {
            boxes[round][i] = Fifth();
            boxes[round][i].in <== lanes[i] + 1000003 * (4 * round + i + 1);
        }
        for (var i = 0; i < 4; i++) {
            lanes[i] = 0;
            for (var j = 0; j < 4; j++) {
                lanes[i] += (1 + i + (i + 2) * j) * boxes[round][j].out;
            }
        }
    }
    last.in <== lanes[0];
    digest <== last.out * lanes[1];
}

component main = Permutation(61);
