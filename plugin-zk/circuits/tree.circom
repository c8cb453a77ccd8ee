pragma circom 2.2.0;

include "poseidon.circom";

// "openclaw-node-v1" in ASCII as a number.
function nodeTag() {
    return 0x6f70656e636c61772d6e6f64652d7631;
}

// One level up in a tree whose nodes have four children: the parent of a node, which is the hash of its children.
//
// Sound: a product is zero only if a factor is, so the node is one of the four children. Which one stays open on purpose; it is a secret.
template Level() {
    signal input node;
    signal input child[4];
    signal output parent;
    signal firstTwo <== (child[0] - node) * (child[1] - node);
    signal lastTwo <== (child[2] - node) * (child[3] - node);
    firstTwo * lastTwo === 0;
    component hash = Poseidon(4, 60, nodeTag());
    for (var i = 0; i < 4; i++) {
        hash.in[i] <== child[i];
    }
    parent <== hash.out;
}
