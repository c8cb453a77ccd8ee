package io.aitbc.openclaw.zk.bn254;

/**
 * The two numbers whose greatest common divisor is looked for, and what the last thirty steps come to: (f, g) becomes (u*f + v*g, q*f + r*g) / 2^30.
 * See {@link ModularInverse}.
 */
final class DivisionSteps {
    private final int[] f;
    private final int[] g;
    private int length = ModularInverse.DIGITS;
    private int eta = -1;
    int u;
    int v;
    int q;
    int r;

    DivisionSteps(int[] f, int[] g) {
        this.f = f;
        this.g = g;
    }

    boolean done() {
        for (int i = 0; i < length; i++) {
            if (g[i] != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isNegative() {
        return f[length - 1] < 0;
    }

    void thirty() {
        u = 1;
        v = 0;
        q = 0;
        r = 1;
        int lowF = f[0];
        int lowG = g[0];
        int left = ModularInverse.BITS;
        while (true) {
            int zeros = Integer.numberOfTrailingZeros(lowG | -1 << left);
            lowG >>= zeros;
            u <<= zeros;
            v <<= zeros;
            eta -= zeros;
            left -= zeros;
            if (left == 0) {
                break;
            }
            if (eta < 0) {
                eta = -eta;
                int swapped = lowF;
                lowF = lowG;
                lowG = -swapped;
                swapped = u;
                u = q;
                q = -swapped;
                swapped = v;
                v = r;
                r = -swapped;
            }
            // the multiple of f that makes up to six bits of g zero: f * (2 - f^2) is the inverse of f modulo 64
            int bits = Math.min(Math.min(eta + 1, left), 6);
            int factor = lowF * lowG * (lowF * lowF - 2) & ((1 << bits) - 1);
            lowG += lowF * factor;
            q += u * factor;
            r += v * factor;
        }
        long sumF = ((long) u * f[0] + (long) v * g[0]) >> ModularInverse.BITS;
        long sumG = ((long) q * f[0] + (long) r * g[0]) >> ModularInverse.BITS;
        for (int i = 1; i < length; i++) {
            sumF += (long) u * f[i] + (long) v * g[i];
            sumG += (long) q * f[i] + (long) r * g[i];
            f[i - 1] = (int) sumF & ModularInverse.MASK;
            g[i - 1] = (int) sumG & ModularInverse.MASK;
            sumF >>= ModularInverse.BITS;
            sumG >>= ModularInverse.BITS;
        }
        f[length - 1] = (int) sumF;
        g[length - 1] = (int) sumG;
        shorten();
    }

    /** Drops the last digits where they only repeat the sign. */
    private void shorten() {
        int lastF = f[length - 1];
        int lastG = g[length - 1];
        if (length > 1 && lastF == lastF >> 31 && lastG == lastG >> 31) {
            length--;
            f[length - 1] |= lastF << ModularInverse.BITS;
            g[length - 1] |= lastG << ModularInverse.BITS;
        }
    }
}
