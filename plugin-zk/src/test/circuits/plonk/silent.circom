pragma circom 2.1.0;

// Nothing is public: somebody knows two numbers whose product is a third one.
template Silent() {
    signal input factors[2];
    signal input product;
    product === factors[0] * factors[1];
}

component main = Silent();
