package io.aitbc.openclaw.api.inference;

import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.TokenAmount;
import java.util.Optional;

/**
 * Who asks, and what the answer may cost and reveal.
 *
 * @param requestId unique, appears in logs and errors
 * @param privacy where the prompt may go
 * @param maxPrice the most this request may cost, on top of the configured limits
 */
public record RequestContext(String requestId, PrivacyClass privacy, Optional<TokenAmount> maxPrice) {
    public static RequestContext of(String requestId) {
        return new RequestContext(requestId, PrivacyClass.NETWORK_ALLOWED, Optional.empty());
    }
}
