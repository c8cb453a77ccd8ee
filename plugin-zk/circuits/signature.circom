pragma circom 2.2.0;

include "baby_jubjub.circom";
include "bits.circom";
include "multiplication.circom";
include "poseidon.circom";

// A signature (R, s) of a key over a message, as EdDSA-Poseidon of circomlibjs: s B = R + h 8 A with h = Poseidon(R, A, message).
//
// Sound:
// * Key and R are points of the curve. s is below l, and h has one form: a signature has one spelling.
// * 8 A is in the subgroup of order l whatever A is, and is not the neutral element, as its x is not zero: in that subgroup only the neutral
//   element has x = 0. So no key of small order passes, under which anybody could sign.
// * s B - h 8 A is in the subgroup, hence so is R.
template SignedBy() {
    signal input key[2];
    signal input r[2];
    signal input s;
    signal input message;

    component keyOnCurve = OnCurve();
    keyOnCurve.x <== key[0];
    keyOnCurve.y <== key[1];
    component rOnCurve = OnCurve();
    rOnCurve.x <== r[0];
    rOnCurve.y <== r[1];

    component challenge = Poseidon(5, 60, 0);
    challenge.in[0] <== r[0];
    challenge.in[1] <== r[1];
    challenge.in[2] <== key[0];
    challenge.in[3] <== key[1];
    challenge.in[4] <== message;

    component multiple[3];
    for (var i = 0; i < 3; i++) {
        multiple[i] = EdwardsDouble();
        if (i == 0) {
            multiple[i].x <== key[0];
            multiple[i].y <== key[1];
        } else {
            multiple[i].x <== multiple[i - 1].outX;
            multiple[i].y <== multiple[i - 1].outY;
        }
    }
    component notNeutral = NotZero();
    notNeutral.number <== multiple[2].outX;

    component signed = Multiply();
    signed.scalar <== challenge.out;
    signed.x <== multiple[2].outX;
    signed.y <== multiple[2].outY;
    component right = EdwardsAdd();
    right.x[0] <== r[0];
    right.y[0] <== r[1];
    right.x[1] <== signed.outX;
    right.y[1] <== signed.outY;
    component left = MultiplyBase();
    left.scalar <== s;
    left.outX === right.outX;
    left.outY === right.outY;
}
