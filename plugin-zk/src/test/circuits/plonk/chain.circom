pragma circom 2.1.0;

// 1,500 squarings of full-size numbers, the last result public.
template Chain(count) {
    signal input number;
    signal output last;
    signal steps[count + 1];
    steps[0] <== number;
    for (var i = 0; i < count; i++) {
        steps[i + 1] <== steps[i] * steps[i] + i;
    }
    last <== steps[count];
}

component main = Chain(1500);
