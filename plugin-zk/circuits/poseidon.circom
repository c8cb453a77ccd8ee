pragma circom 2.2.0;

include "constants/poseidon.circom";

// After so many partial rounds the state is kept in signals. Otherwise the terms of each S-box grow with every round, and with them the proving key.
function keptEvery() {
    return 12;
}

// The hash Poseidon (2019/458) with S-box x^5 and eight full rounds, one output, the capacity element first, as in circomlib. The capacity element is a
// tag, so that hashes of one kind are none of another; with tag 0 it is circomlib's hash.
//
// Sound: every signal is given by earlier ones, by a product or a linear equation; there is no hint. So there is one output for each input.
template Poseidon(inputs, partialRounds, tag) {
    signal input in[inputs];
    signal output out;
    var width = inputs + 1;
    var rounds = 8 + partialRounds;
    var constants[rounds * width] = poseidonConstants(width);
    var matrix[width][width] = poseidonMatrix(width);
    signal square[8 * width + partialRounds];
    signal fourth[8 * width + partialRounds];
    signal fifth[8 * width + partialRounds];
    signal kept[(partialRounds \ keptEvery()) * inputs];
    var state[width];
    state[0] = tag;
    for (var i = 0; i < inputs; i++) {
        state[i + 1] = in[i];
    }
    var box = 0;
    var keeping = 0;
    for (var round = 0; round < rounds; round++) {
        if (round > 4 && round <= rounds - 4 && (round - 4) % keptEvery() == 0) {
            for (var i = 1; i < width; i++) {
                kept[keeping] <== state[i];
                state[i] = kept[keeping];
                keeping++;
            }
        }
        for (var i = 0; i < width; i++) {
            state[i] = state[i] + constants[round * width + i];
            if (i == 0 || round < 4 || round >= rounds - 4) {
                square[box] <== state[i] * state[i];
                fourth[box] <== square[box] * square[box];
                fifth[box] <== fourth[box] * state[i];
                state[i] = fifth[box];
                box++;
            }
        }
        var mixed[width];
        for (var row = 0; row < width; row++) {
            var sum = 0;
            for (var column = 0; column < width; column++) {
                sum += matrix[row][column] * state[column];
            }
            mixed[row] = sum;
        }
        for (var i = 0; i < width; i++) {
            state[i] = mixed[i];
        }
    }
    out <== state[0];
}
