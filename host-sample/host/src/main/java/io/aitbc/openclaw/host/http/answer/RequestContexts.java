package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.PrivacyClass;
import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.Optional;

/** What the headers of a request say about its cost and its privacy. */
public final class RequestContexts {
    /** The most the request may cost, in AIT. */
    private static final HeaderName MAX_COST = HeaderNames.create("X-AITBC-Max-Cost");

    /**
     * {@code local-only}: the prompt must not leave the operator's own engines; {@code redact}: only without what is
     * recognised as a secret.
     */
    private static final HeaderName PRIVACY = HeaderNames.create("X-AITBC-Privacy");

    private RequestContexts() {}

    public static RequestContext of(Exchange exchange) {
        return new RequestContext(exchange.requestId(), privacy(exchange), maxPrice(exchange));
    }

    private static PrivacyClass privacy(Exchange exchange) {
        return switch (exchange.header(PRIVACY).orElse("")) {
            case "", "network-allowed" -> PrivacyClass.NETWORK_ALLOWED;
            case "redact" -> PrivacyClass.REDACTED;
            case "local-only" -> PrivacyClass.LOCAL_ONLY;
            default -> throw new ApiFailure(400, "X-AITBC-Privacy must be local-only, redact or network-allowed");
        };
    }

    private static Optional<TokenAmount> maxPrice(Exchange exchange) {
        try {
            return exchange.header(MAX_COST).map(text -> TokenAmount.parseLimit(text, Rail.AITBC));
        } catch (NumberFormatException e) {
            throw new ApiFailure(400, "X-AITBC-Max-Cost must be an amount in AIT such as 0.05");
        }
    }
}
