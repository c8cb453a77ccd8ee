pragma circom 2.0.0;

// Somebody knows three numbers whose product is public, and whose sum is.
template Sums() {
    signal input a;
    signal input b;
    signal input c;
    signal output product;
    signal output sum;
    signal ab <== a * b;
    product <== ab * c;
    sum <== a + b + c;
}

component main = Sums();
