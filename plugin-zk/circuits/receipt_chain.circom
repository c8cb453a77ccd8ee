pragma circom 2.2.0;

include "bits.circom";
include "poseidon.circom";
include "signature.circom";
include "tree.circom";

// "openclaw-receipt-v1" in ASCII as a number.
function receiptTag() {
    return 0x6f70656e636c61772d726563656970742d7631;
}

// Public: a key, the root of a tree of receipts, a cap, and the SHA-256 of a request and of its answer (the first and the last 128 bits of each).
// Shown: the prover knew a receipt that has these two hashes and a price of at most the cap, a signature of the key over it, and a way from it to the root.
// Secret: the price, the salt, the signature, and the place in the tree.
//
// Sound:
// * The receipt is a Poseidon hash over both hashes, price and salt, under a tag of its own. The leaf is this hash. A node has another tag and
//   the way has one length, so that neither a node nor the hash of another kind passes for a receipt. The salt keeps the price from being guessed.
// * price and cap - price are below 2^64, hence whole numbers without a wrap: price <= cap.
// * That the halves of the hashes are below 2^128 and the cap below 2^64 is for the verifier to check, who sees them. A prover gains nothing by others:
//   they are signed as they are.
template ReceiptChain(levels) {
    signal input key[2];
    signal input root;
    signal input cap;
    signal input request[2];
    signal input answer[2];
    signal input price;
    signal input salt;
    signal input r[2];
    signal input s;
    signal input children[levels][4];

    component priceBits = Bits(64);
    priceBits.number <== price;
    component restBits = Bits(64);
    restBits.number <== cap - price;

    component receipt = Poseidon(6, 63, receiptTag());
    receipt.in[0] <== request[0];
    receipt.in[1] <== request[1];
    receipt.in[2] <== answer[0];
    receipt.in[3] <== answer[1];
    receipt.in[4] <== price;
    receipt.in[5] <== salt;

    component signature = SignedBy();
    for (var i = 0; i < 2; i++) {
        signature.key[i] <== key[i];
        signature.r[i] <== r[i];
    }
    signature.s <== s;
    signature.message <== receipt.out;

    component level[levels];
    for (var i = 0; i < levels; i++) {
        level[i] = Level();
        if (i == 0) {
            level[i].node <== receipt.out;
        } else {
            level[i].node <== level[i - 1].parent;
        }
        for (var j = 0; j < 4; j++) {
            level[i].child[j] <== children[i][j];
        }
    }
    root === level[levels - 1].parent;
}

component main {public [key, root, cap, request, answer]} = ReceiptChain(10);
