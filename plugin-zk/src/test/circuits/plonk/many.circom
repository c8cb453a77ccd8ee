pragma circom 2.1.0;

// 200 public inputs, zeros among them, and a public result of all.
template Many(count) {
    signal input values[count];
    signal output digest;
    signal steps[count + 1];
    steps[0] <== 1;
    for (var i = 0; i < count; i++) {
        steps[i + 1] <== (steps[i] + values[i] + i) * (steps[i] + 3);
    }
    digest <== steps[count];
}

component main {public [values]} = Many(200);
