package io.aitbc.openclaw.host.trust;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a plugin says it needs: {@code network:HOST[:PORT]} ({@code network:*} for any), {@code files:PATH}, {@code spend},
 * {@code background}.
 */
public final class Permissions {
    public static final String SPEND = "spend";
    public static final String BACKGROUND = "background";

    private static final String NETWORK = "network:";
    private static final String ANY_HOST = NETWORK + "*";
    private static final int MOST = 100;
    private static final Pattern TOKEN = Pattern.compile(
            "spend|background|network:(\\*|[A-Za-z0-9*\\[][A-Za-z0-9.:*\\[\\]-]{0,252})|files:[\\x21-\\x7e]{1,200}");

    private final Set<String> tokens;

    private Permissions(Collection<String> tokens) {
        this.tokens = Collections.unmodifiableSet(new TreeSet<>(tokens));
    }

    public static Permissions none() {
        return new Permissions(List.of());
    }

    /**
     * @param text permissions with spaces between them
     * @throws TrustException for one that does not exist
     */
    public static Permissions parse(String text) throws TrustException {
        return of(text.isBlank() ? List.of() : List.of(text.strip().split("\\s+")));
    }

    static Permissions of(Collection<String> tokens) throws TrustException {
        if (tokens.size() > MOST) {
            throw new TrustException("declares more than " + MOST + " permissions");
        }
        for (String token : tokens) {
            if (!TOKEN.matcher(token).matches()) {
                throw new TrustException("declares a permission '" + Lines.one(token)
                        + "' that does not exist: use network:HOST, files:PATH, spend or background");
            }
        }
        return new Permissions(tokens);
    }

    public boolean contains(String permission) {
        return tokens.contains(permission);
    }

    /** Those that the other neither has nor covers by a wider one. */
    public Permissions minus(Permissions other) {
        Set<String> rest = new TreeSet<>(tokens);
        rest.removeIf(token -> other.tokens.stream().anyMatch(wider -> covers(wider, token)));
        return new Permissions(rest);
    }

    /** {@code network:*} any host, {@code network:*.example.org} those below it, and a host without a port all of its ports. */
    private static boolean covers(String wider, String token) {
        if (wider.equals(token) || (wider.equals(ANY_HOST) && token.startsWith(NETWORK))) {
            return true;
        }
        if (!wider.startsWith(NETWORK) || !token.startsWith(NETWORK)) {
            return false;
        }
        HostPort wide = HostPort.of(wider);
        HostPort narrow = HostPort.of(token);
        boolean host = wide.host().startsWith("*.")
                ? narrow.host().endsWith(wide.host().substring(1))
                : narrow.host().equals(wide.host());
        return host && (wide.port().isEmpty() || wide.port().equals(narrow.port()));
    }

    /** @param port empty for all */
    private record HostPort(String host, String port) {
        private static final Pattern WITH_PORT = Pattern.compile("(\\[.*]|[^:\\[\\]]+):(\\d{1,5})");

        static HostPort of(String token) {
            String text = token.substring(NETWORK.length()).toLowerCase(Locale.ROOT);
            Matcher matcher = WITH_PORT.matcher(text);
            return matcher.matches() ? new HostPort(matcher.group(1), matcher.group(2)) : new HostPort(text, "");
        }
    }

    public Permissions plus(Permissions other) {
        Set<String> all = new TreeSet<>(tokens);
        all.addAll(other.tokens);
        return new Permissions(all);
    }

    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** In alphabetical order. */
    public Set<String> tokens() {
        return tokens;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permissions that && tokens.equals(that.tokens);
    }

    @Override
    public int hashCode() {
        return tokens.hashCode();
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return String.join(" ", tokens);
    }
}
