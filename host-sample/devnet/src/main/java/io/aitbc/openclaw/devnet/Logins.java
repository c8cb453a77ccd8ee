package io.aitbc.openclaw.devnet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Login by a wallet signature over a nonce that is good for one try. Whoever signs is registered. Guarded by the lock of
 * the {@link Coordinator}.
 */
final class Logins {
    private static final Duration NONCE_LIFE = Duration.ofMinutes(5);
    private static final Duration TOKEN_LIFE = Duration.ofHours(24);
    private static final Duration SHORT_TOKEN_LIFE = Duration.ofSeconds(1);
    private static final int MOST_NONCES = 10_000;
    private static final int MOST_USERS = 100_000;

    private record Nonce(String address, Instant expiresAt) {}

    private record User(String id, String email, String name, Instant createdAt) {}

    private final Identifiers identifiers;
    private final InstantSource clock;
    private final QuirkBoard quirks;
    private final SessionTokens tokens;
    private final Map<String, Nonce> nonces = new LinkedHashMap<>();
    private final Map<String, User> users = new HashMap<>();

    Logins(Identifiers identifiers, InstantSource clock, QuirkBoard quirks) {
        this.identifiers = identifiers;
        this.clock = clock;
        this.quirks = quirks;
        this.tokens = new SessionTokens(identifiers.bytes(32));
    }

    void addTo(Routes routes) {
        routes.on("POST /v1/auth/nonce", this::nonce);
        routes.on("POST /v1/login", this::login);
    }

    Optional<String> userOf(String token) {
        return tokens.userOf(token, clock.instant());
    }

    private ApiResponse nonce(Routes.Call call) {
        ObjectNode body = call.request().json();
        String address = Validation.requiredText(body, "wallet_address");
        if (!Wallets.isAddress(address)) {
            return ApiResponse.detail(400, "Invalid wallet address");
        }
        forgetOldNonces();
        String nonce = identifiers.url(16);
        Instant expiresAt = clock.instant().plus(NONCE_LIFE);
        nonces.put(nonce, new Nonce(Wallets.lowerCase(address), expiresAt));
        return ApiResponse.ok(Json.object()
                .put("wallet_address", address)
                .put("nonce", nonce)
                .put("expires_at", expiresAt.getEpochSecond()));
    }

    private void forgetOldNonces() {
        Instant now = clock.instant();
        nonces.values().removeIf(nonce -> now.isAfter(nonce.expiresAt()));
        for (Iterator<String> eldest = nonces.keySet().iterator(); nonces.size() >= MOST_NONCES; ) {
            eldest.next();
            eldest.remove();
        }
    }

    private ApiResponse login(Routes.Call call) {
        ObjectNode body = call.request().json();
        String address = Wallets.lowerCase(Validation.requiredText(body, "wallet_address"));
        String text = Validation.requiredText(body, "nonce");
        String signature = Validation.requiredText(body, "signature");
        Nonce nonce = nonces.remove(text);
        if (nonce == null || !nonce.address().equals(address) || clock.instant().isAfter(nonce.expiresAt())) {
            return ApiResponse.detail(401, "Invalid or expired nonce");
        }
        String message = "Sign this message to log in to AITBC.\nWallet: " + address + "\nNonce: " + text;
        boolean signed =
                Wallets.signerOf(message, signature).filter(address::equals).isPresent();
        if (!signed || quirks.take(Quirk.LOGIN_REFUSED)) {
            return ApiResponse.detail(401, "Invalid wallet signature");
        }
        if (users.size() >= MOST_USERS && !users.containsKey(address)) {
            return ApiResponse.detail(503, "The devnet has too many users");
        }
        User user = users.computeIfAbsent(address, this::signUp);
        Duration life = quirks.take(Quirk.EXPIRED_TOKEN) ? SHORT_TOKEN_LIFE : TOKEN_LIFE;
        String token = tokens.issue(user.id(), identifiers.hex(16), clock.instant(), life);
        return ApiResponse.ok(Json.object()
                .put("user_id", user.id())
                .put("email", user.email())
                .put("username", user.name())
                .put("created_at", TimeText.offset(user.createdAt()))
                .put("session_token", token));
    }

    private User signUp(String address) {
        String name = "user_" + address.substring(address.length() - 8) + "_" + identifiers.hex(4);
        return new User(identifiers.uuid(), address + "@aitbc.local", name, clock.instant());
    }
}
