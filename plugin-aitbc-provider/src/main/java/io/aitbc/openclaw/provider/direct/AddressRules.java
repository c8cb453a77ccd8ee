package io.aitbc.openclaw.provider.direct;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses a stranger may send us to: those of the public internet. The blocks are those of IANA's special-purpose
 * registries (RFC 6890 and its updates). Of IPv6 only global unicast is public, and of it not what carries an IPv4 address
 * inside, because a translator on the way may turn it into a private one.
 */
final class AddressRules {
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3", "a public address");

    private static final List<Block> SPECIAL = List.of(
            Block.of("0.0.0.0/8", "an address of this network"),
            Block.of("10.0.0.0/8", "a private address"),
            Block.of("100.64.0.0/10", "an address behind a carrier's NAT"),
            Block.of("127.0.0.0/8", "a loopback address"),
            Block.of("169.254.0.0/16", "a link-local address"),
            Block.of("172.16.0.0/12", "a private address"),
            Block.of("192.0.0.0/24", "a reserved address"),
            Block.of("192.0.2.0/24", "a documentation address"),
            Block.of("192.31.196.0/24", "a reserved address"),
            Block.of("192.52.193.0/24", "a reserved address"),
            Block.of("192.88.99.0/24", "a 6to4 relay address"),
            Block.of("192.168.0.0/16", "a private address"),
            Block.of("192.175.48.0/24", "a reserved address"),
            Block.of("198.18.0.0/15", "a benchmarking address"),
            Block.of("198.51.100.0/24", "a documentation address"),
            Block.of("203.0.113.0/24", "a documentation address"),
            Block.of("224.0.0.0/4", "a multicast address"),
            Block.of("240.0.0.0/4", "a reserved address"),
            Block.of("::/128", "the unspecified address"),
            Block.of("::1/128", "a loopback address"),
            Block.of("::/96", "an IPv4-compatible address"),
            Block.of("64:ff9b::/96", "a NAT64 address"),
            Block.of("64:ff9b:1::/48", "a NAT64 address"),
            Block.of("100::/64", "a discard address"),
            Block.of("2001:db8::/32", "a documentation address"),
            Block.of("2001::/32", "a Teredo address"),
            Block.of("2001::/23", "a reserved address"),
            Block.of("2002::/16", "a 6to4 address"),
            Block.of("2620:4f:8000::/48", "a reserved address"),
            Block.of("3ffe::/16", "a reserved address"),
            Block.of("3fff::/20", "a documentation address"),
            Block.of("fc00::/7", "a private address"),
            Block.of("fe80::/10", "a link-local address"),
            Block.of("fec0::/10", "a site-local address"),
            Block.of("ff00::/8", "a multicast address"));

    private static final List<Block> LOOPBACK = List.of(Block.of("127.0.0.0/8", ""), Block.of("::1/128", ""));

    private AddressRules() {}

    static boolean loopback(InetAddress address) {
        byte[] bytes = address.getAddress();
        return LOOPBACK.stream().anyMatch(block -> block.contains(bytes));
    }

    /** What an address is instead of public; empty when it is public. */
    static Optional<String> refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        for (Block block : SPECIAL) {
            if (block.contains(bytes)) {
                return Optional.of(block.use());
            }
        }
        return bytes.length == 4 || GLOBAL_UNICAST.contains(bytes)
                ? Optional.empty()
                : Optional.of("not a global unicast address");
    }
}
