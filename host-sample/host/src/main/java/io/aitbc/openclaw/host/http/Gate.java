package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.host.http.wire.Exchange;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Who may call at all: origins of web pages, names of the host, keys. */
final class Gate {
    private static final HeaderName REQUESTED_METHOD = HeaderNames.ACCESS_CONTROL_REQUEST_METHOD;
    private static final String METHODS = "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS";
    private static final String HEADERS = "Authorization,Content-Type,User-Agent,Accept,X-Requested-With,Openai-Beta,"
            + "X-Stainless-Arch,X-Stainless-Async,X-Stainless-Custom-Poll-Interval,X-Stainless-Helper-Method,"
            + "X-Stainless-Lang,X-Stainless-Os,X-Stainless-Package-Version,X-Stainless-Poll-Helper,"
            + "X-Stainless-Retry-Count,X-Stainless-Runtime,X-Stainless-Runtime-Version,X-Stainless-Timeout";
    private static final String TWELVE_HOURS = "43200";

    private final Origins origins;
    private final Optional<HostGuard> hosts;
    private final Optional<byte[]> key;

    Gate(ApiServerOptions options, boolean loopback) {
        this.origins = new Origins(options.allowedOrigins());
        this.hosts = loopback ? Optional.of(new HostGuard()) : Optional.empty();
        this.key = options.apiKey().map(Gate::bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the request may go on; otherwise it is answered. */
    boolean admit(Exchange exchange) {
        boolean preflight = exchange.method().equals("OPTIONS");
        String host = exchange.header(HeaderNames.HOST).orElse("");
        Optional<String> origin = exchange.header(HeaderNames.ORIGIN)
                .filter(text -> !text.isEmpty() && !text.equals("http://" + host) && !text.equals("https://" + host));
        if (origin.isPresent()) {
            if (!origins.allow(origin.get())) {
                exchange.send(403);
                return false;
            }
            allowOrigin(exchange, origin.get());
            if (preflight) {
                preflight(exchange);
                return false;
            }
        }
        return admitHost(exchange, host, preflight);
    }

    private void allowOrigin(Exchange exchange, String origin) {
        exchange.responseHeader(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origins.all() ? "*" : origin);
        if (!origins.all()) {
            exchange.responseHeader(HeaderNames.VARY, "Origin");
        }
    }

    private static void preflight(Exchange exchange) {
        exchange.responseHeader(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
        exchange.responseHeader(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        exchange.responseHeader(HeaderNames.ACCESS_CONTROL_MAX_AGE, TWELVE_HOURS);
        exchange.responseHeader(HeaderNames.VARY, REQUESTED_METHOD.defaultCase());
        exchange.responseHeader(HeaderNames.VARY, HeaderNames.ACCESS_CONTROL_REQUEST_HEADERS.defaultCase());
        exchange.send(204);
    }

    private boolean admitHost(Exchange exchange, String host, boolean preflight) {
        if (hosts.isEmpty()) {
            return true;
        }
        if (!hosts.get().allow(host)) {
            exchange.send(403);
            return false;
        }
        if (preflight && hosts.get().allowName(host)) {
            exchange.send(204);
            return false;
        }
        return true;
    }

    /** Whether a key is not needed or the request has it; compares in constant time. */
    boolean knowsKey(Exchange exchange, Optional<String> apiKeyHeader) {
        if (key.isEmpty()) {
            return true;
        }
        String authorization = exchange.header(HeaderNames.AUTHORIZATION).orElse("");
        String bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).strip()
                : apiKeyHeader.orElse("");
        return MessageDigest.isEqual(key.get(), bytes(bearer));
    }
}
