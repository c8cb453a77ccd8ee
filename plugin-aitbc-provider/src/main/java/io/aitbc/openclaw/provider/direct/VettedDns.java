package io.aitbc.openclaw.provider.direct;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Dns;

/**
 * Resolves names to public addresses only. The client connects to what this returned and resolves nothing again, so a name
 * that changes its address between check and use gains nothing.
 */
final class VettedDns implements Dns {
    private static final int MOST_ADDRESSES = 8;

    private final Dns resolver;
    private final boolean allowLoopback;

    VettedDns(Dns resolver, boolean allowLoopback) {
        this.resolver = resolver;
        this.allowLoopback = allowLoopback;
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> vetted = new ArrayList<>();
        String refusal = "it has no address";
        for (InetAddress address : resolver.lookup(host)) {
            if (admitted(address, allowLoopback)) {
                vetted.add(address);
            } else {
                refusal = "%s is %s"
                        .formatted(
                                address.getHostAddress(),
                                AddressRules.refusal(address).orElse("refused"));
            }
        }
        if (vetted.isEmpty()) {
            throw new RefusedAddressException(host + ": " + refusal);
        }
        return vetted.size() > MOST_ADDRESSES ? vetted.subList(0, MOST_ADDRESSES) : vetted;
    }

    static boolean admitted(InetAddress address, boolean allowLoopback) {
        return AddressRules.refusal(address).isEmpty() || (allowLoopback && AddressRules.loopback(address));
    }
}
