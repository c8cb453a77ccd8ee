package io.aitbc.openclaw.provider.direct;

import java.net.InetAddress;

/**
 * Addresses with a common prefix.
 *
 * @param prefix the address of the block, all of its bytes
 * @param bits length of the prefix
 * @param use what the block is for, to complete "is …"
 */
record Block(byte[] prefix, int bits, String use) {
    /** @param cidr {@code 10.0.0.0/8} or {@code fe80::/10} */
    static Block of(String cidr, String use) {
        int slash = cidr.indexOf('/');
        byte[] prefix = InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress();
        return new Block(prefix, Integer.parseInt(cidr.substring(slash + 1)), use);
    }

    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || (address[whole] ^ prefix[whole]) >> (8 - rest) == 0;
    }
}
