package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A login at the coordinator: a nonce is fetched and signed with the wallet; the token that comes back serves until it
 * expires or is refused. Only one thread signs in at a time.
 */
final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration EARLY = Duration.ofSeconds(60);
    private static final int MAX_BYTES = 64 * 1024;
    private static final int ATTEMPTS = 2;

    private record Token(String value, Optional<Instant> renewAt) {
        boolean usable(Instant now) {
            return renewAt.map(now::isBefore).orElse(true);
        }

        /** The token is a key: it stays out of logs. */
        @Override
        public String toString() {
            return "Token[renew at " + renewAt + "]";
        }
    }

    private final BaseUrl coordinator;
    private final Optional<Wallet> wallet;
    private final Http http;
    private final RateLimits limits;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Token current;

    Session(BaseUrl coordinator, Optional<Wallet> wallet, Http http, RateLimits limits, InstantSource clock) {
        this.coordinator = coordinator;
        this.wallet = wallet;
        this.http = http;
        this.limits = limits;
        this.clock = clock;
    }

    /** A token that is believed to work; signs in when there is none. */
    String token(CallScope scope) throws TransportException {
        Token known = current;
        if (known != null && known.usable(clock.instant())) {
            return known.value();
        }
        lock.lock();
        try {
            known = current;
            if (known != null && known.usable(clock.instant())) {
                return known.value();
            }
            Token fresh = login(scope);
            current = fresh;
            return fresh.value();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a token that was refused, unless another thread replaced it already. */
    void refused(String token) {
        lock.lock();
        try {
            Token known = current;
            if (known != null && known.value().equals(token)) {
                current = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Token login(CallScope scope) throws TransportException {
        Wallet signer = wallet.orElseThrow(() -> new OpenClawException(
                ErrorCode.MISSING_KEY,
                "No AITBC wallet key: set plugins.aitbc-provider.wallet-key or wallet-key-file to use the network"));
        Reply reply = null;
        // A failed attempt burns its nonce, so each attempt asks for a new one.
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            reply = attempt(signer, scope);
            if (reply.status() != 401) {
                break;
            }
        }
        if (reply == null || !reply.ok()) {
            throw refusal("login", reply == null ? new Reply(401, "", Optional.empty()) : reply);
        }
        String token = Json.text(Json.tree("login", reply.body()), "session_token")
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> Json.malformed("login", "it has no session_token"));
        log.atInfo().addKeyValue("account", signer.address()).log("aitbc login");
        return new Token(token, expiry(token).flatMap(this::renewal));
    }

    /** A little before it expires. A token that is old at once means that the clocks differ: then only a 401 tells. */
    private Optional<Instant> renewal(Instant expiry) {
        Duration life = Duration.between(clock.instant(), expiry);
        if (life.isNegative() || life.isZero()) {
            return Optional.empty();
        }
        Duration early = life.dividedBy(10);
        return Optional.of(expiry.minus(early.compareTo(EARLY) > 0 ? EARLY : early));
    }

    private Reply attempt(Wallet signer, CallScope scope) throws TransportException {
        ObjectNode ask = Json.MAPPER.createObjectNode().put("wallet_address", signer.address());
        Reply answer =
                post(RouteClass.NONCE, coordinator.path("v1", "auth", "nonce").build(), ask, scope);
        if (!answer.ok()) {
            throw refusal("auth/nonce", answer);
        }
        String nonce = Json.text(Json.tree("auth/nonce", answer.body()), "nonce")
                .filter(text -> text.matches("[\\x21-\\x7e]{1,256}"))
                .orElseThrow(() -> Json.malformed("auth/nonce", "it has no usable nonce"));
        ObjectNode login = Json.MAPPER
                .createObjectNode()
                .put("wallet_address", signer.address())
                .put("nonce", nonce)
                .put("signature", signer.signLogin(nonce));
        return post(RouteClass.LOGIN, coordinator.path("v1", "login").build(), login, scope);
    }

    /** Logins are never repeated by themselves: a failed one burns its nonce. */
    private Reply post(RouteClass route, HttpUrl url, ObjectNode body, CallScope scope) throws TransportException {
        limits.await(route, PATIENCE, scope);
        Request request = new Request.Builder()
                .url(url)
                .post(new OnceBody(Json.MAPPER.writeValueAsString(body)))
                .build();
        Reply reply = http.call(request, DEADLINE, MAX_BYTES, scope);
        if (reply.status() == 429) {
            limits.refused(route, reply);
        }
        return reply;
    }

    private static OpenClawException refusal(String source, Reply reply) {
        ErrorCode code = switch (reply.status()) {
            case 429 -> ErrorCode.OVERLOADED;
            case 500, 502, 503, 504 -> ErrorCode.PROVIDER_FAILED;
            default -> ErrorCode.NOT_AUTHORIZED;
        };
        return OpenClawException.upstream(
                code, reply.status(), "The AITBC coordinator refused %s: %s".formatted(source, ErrorText.of(reply)));
    }

    /** The {@code exp} of a JWT (RFC 7519), without checking its signature: only the coordinator can. */
    static Optional<Instant> expiry(String token) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            return Json.read(claims)
                    .flatMap(node -> Json.integer(node, "exp"))
                    .filter(seconds -> seconds > 0 && seconds < 100_000_000_000L)
                    .map(Instant::ofEpochSecond);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
