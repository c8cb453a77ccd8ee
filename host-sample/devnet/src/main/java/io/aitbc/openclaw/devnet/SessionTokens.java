package io.aitbc.openclaw.devnet;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON Web Tokens (RFC 7519) signed with HS256, as the coordinator hands them to its clients. */
final class SessionTokens {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final int LONGEST = 4096;

    private final byte[] secret;

    SessionTokens(byte[] secret) {
        this.secret = secret.clone();
    }

    /** @param sessionId unique per login */
    String issue(String userId, String sessionId, Instant now, Duration life) {
        ObjectNode claims = Json.object()
                .put("sub", userId)
                .put("role", "client")
                .put("type", "access")
                .put("session_id", sessionId)
                .put("user_id", userId)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(life).getEpochSecond());
        String signed = HEADER + "." + encode(WireJson.text(claims));
        return signed + "." + URL.encodeToString(mac(signed));
    }

    /** The user a token was issued to, empty when it is not ours, damaged or expired. */
    Optional<String> userOf(String token, Instant now) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(HEADER)) {
            return Optional.empty();
        }
        byte[] signature;
        byte[] claims;
        try {
            signature = Base64.getUrlDecoder().decode(parts[2]);
            claims = Base64.getUrlDecoder().decode(parts[1]);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (!MessageDigest.isEqual(mac(parts[0] + "." + parts[1]), signature)) {
            return Optional.empty();
        }
        return Json.parse(claims)
                .filter(body -> now.getEpochSecond() < expiry(body))
                .flatMap(body -> Json.text(body, "sub"));
    }

    private static long expiry(JsonNode claims) {
        JsonNode expiry = claims.get("exp");
        return expiry != null && expiry.isIntegralNumber() ? expiry.longValue() : Long.MIN_VALUE;
    }

    private static String encode(String text) {
        return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }
}
