package io.aitbc.openclaw.provider.direct;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a provider that passed every rule that can be checked before its name is resolved. What is not written in the
 * plainest form is refused: every other spelling exists to be read differently by two programs.
 */
public final class DirectEndpoint {
    private static final int LONGEST_URL = 1024;
    private static final int LONGEST_HOST = 253;
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>https?)://(?<host>\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9.-]{1,254})(?::(?<port>[1-9][0-9]{0,4}))?(?<path>(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*)/?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern DOTTED_QUAD = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    /** Names that mean something on this machine or in its network only (RFC 6761, RFC 6762, RFC 8375, ICANN). */
    private static final List<String> LOCAL = List.of(
            "localhost",
            "localdomain",
            "local",
            "internal",
            "intranet",
            "private",
            "corp",
            "home",
            "lan",
            "arpa",
            "onion",
            "alt");

    private final HttpUrl url;

    private DirectEndpoint(HttpUrl url) {
        this.url = url;
    }

    /**
     * @param text as an offer states it: {@code https://gpu.seller.net:11434}
     * @throws OpenClawException with PROVIDER_FAILED that says which rule it breaks
     */
    public static DirectEndpoint of(String text, EndpointRules rules) {
        Matcher parts = URL.matcher(text);
        if (text.length() > LONGEST_URL || !parts.matches()) {
            throw refused(text, "it is not a plain http or https URL");
        }
        String host = parts.group("host").toLowerCase(Locale.ROOT);
        boolean encrypted = parts.group("scheme").equals("https");
        int port = port(text, parts.group("port"), encrypted);
        checkHost(text, host, encrypted, port, rules);
        HttpUrl url = new HttpUrl.Builder()
                .scheme(parts.group("scheme"))
                .host(host)
                .port(port)
                .addEncodedPathSegments(parts.group("path").replaceFirst("^/", ""))
                .build();
        if (!bare(host).equals(url.host()) && !host.startsWith("[")) {
            throw refused(text, "its host can be read in more than one way");
        }
        return new DirectEndpoint(url);
    }

    private static int port(String text, @Nullable String written, boolean encrypted) {
        int port = written == null ? (encrypted ? 443 : 80) : Integer.parseInt(written);
        if (port > 65535) {
            throw refused(text, "there is no port " + port);
        }
        return port;
    }

    private static void checkHost(String text, String host, boolean encrypted, int port, EndpointRules rules) {
        Optional<InetAddress> address = literal(text, host);
        boolean ofThisMachine = address.map(AddressRules::loopback).orElse(host.equals("localhost"));
        if (ofThisMachine && rules.allowLoopback()) {
            return;
        }
        address.flatMap(AddressRules::refusal).ifPresent(use -> {
            throw refused(text, bare(host) + " is " + use);
        });
        if (address.isEmpty()) {
            checkName(text, host, rules);
        }
        if (!rules.admits(bare(host))) {
            throw refused(text, "its host is not in direct-hosts");
        }
        if (!encrypted) {
            throw refused(text, "prompts would travel unencrypted: only https is used");
        }
        if (!rules.ports().contains(port)) {
            throw refused(text, "port %d is not in direct-ports".formatted(port));
        }
    }

    /** The address a host is; empty for a name. */
    private static Optional<InetAddress> literal(String text, String host) {
        if (host.startsWith("[")) {
            return Optional.of(ipv6(text, bare(host)));
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (!NUMBER.matcher(last).matches()) {
            return Optional.empty();
        }
        // A name cannot end in a number (WHATWG URL, 3.5), so this is meant as an address; programs differ on all odd
        // forms.
        if (!DOTTED_QUAD.matcher(host).matches()) {
            throw refused(text, "its host is an odd spelling of an IPv4 address");
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            throw refused(text, "its host is no IPv4 address");
        }
    }

    private static InetAddress ipv6(String text, String host) {
        InetAddress address;
        try {
            address = Inet6Address.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            throw refused(text, "its host is no IPv6 address");
        }
        if (!(address instanceof Inet6Address)) {
            throw refused(text, "its host is an IPv4-mapped address");
        }
        return address;
    }

    private static void checkName(String text, String host, EndpointRules rules) {
        List<String> labels = List.of(host.split("\\.", -1));
        boolean wellFormed = host.length() <= LONGEST_HOST
                && labels.stream().allMatch(label -> LABEL.matcher(label).matches());
        if (!wellFormed) {
            throw refused(text, "its host is not a well-formed name");
        }
        if (labels.size() < 2 || LOCAL.contains(labels.getLast())) {
            throw refused(text, host + " is a name of a local network");
        }
        // The last resort against look-alikes: a person has to have written the name down.
        if (labels.stream().anyMatch(label -> label.startsWith("xn--")) && !rules.names(host)) {
            throw refused(text, "its host is an internationalised name: list it in direct-hosts to use it");
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    static OpenClawException refused(String text, String why) {
        return new OpenClawException(
                ErrorCode.PROVIDER_FAILED,
                "The provider's endpoint %s is not asked: %s".formatted(OneLine.of(text), why));
    }

    HttpUrl path(String segments) {
        return url.newBuilder().addEncodedPathSegments(segments).build();
    }

    /** Without a trailing slash. */
    @Override
    public String toString() {
        return url.toString().replaceAll("/$", "");
    }
}
