package io.aitbc.openclaw.host.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps web pages out that point a name of their own at this machine (DNS rebinding): a server on loopback answers only
 * requests for an address of this machine or of a private network, or for a name that cannot be public.
 */
final class HostGuard {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%.*)?");

    private final String ownName;

    HostGuard() {
        this.ownName = ownName();
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    boolean allow(String hostHeader) {
        String host = withoutPort(hostHeader);
        return ADDRESS.matcher(host).matches() ? isOurs(host) : isName(host);
    }

    /** Whether it is a name, not an address, that is allowed. */
    boolean allowName(String hostHeader) {
        String host = withoutPort(hostHeader);
        return !ADDRESS.matcher(host).matches() && isName(host);
    }

    private static String withoutPort(String header) {
        if (header.startsWith("[")) {
            int end = header.indexOf(']');
            return end < 0 ? header : header.substring(1, end);
        }
        int colon = header.indexOf(':');
        return colon >= 0 && colon == header.lastIndexOf(':') ? header.substring(0, colon) : header;
    }

    private boolean isName(String name) {
        String host = name.toLowerCase(Locale.ROOT);
        return host.isEmpty()
                || host.equals("localhost")
                || host.equals(ownName)
                || host.endsWith(".localhost")
                || host.endsWith(".local")
                || host.endsWith(".internal");
    }

    private static boolean isOurs(String literal) {
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            return address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address.isSiteLocalAddress()
                    || isUniqueLocal(address)
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (IllegalArgumentException | SocketException e) {
            return false;
        }
    }

    /** fc00::/7, the private addresses of IPv6. */
    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    }
}
