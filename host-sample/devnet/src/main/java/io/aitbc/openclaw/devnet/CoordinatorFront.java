package io.aitbc.openclaw.devnet;

import java.time.Duration;
import java.util.Optional;

/**
 * What stands between a socket and the coordinator: rate limits and the faults of networks and servers. Miners are spared
 * those of clients, so that jobs go on while clients suffer.
 */
final class CoordinatorFront implements HttpListener.Service {
    private static final String UNAVAILABLE = """
            <html>
            <head><title>503 Service Temporarily Unavailable</title></head>
            <body>
            <center><h1>503 Service Temporarily Unavailable</h1></center>
            <hr><center>devnet</center>
            </body>
            </html>
            """;

    private final Coordinator coordinator;
    private final Admin admin;
    private final QuirkBoard quirks;
    private final RateLimits limits;
    private final Duration stall;

    CoordinatorFront(Coordinator coordinator, Admin admin, QuirkBoard quirks, RateLimits limits, Duration stall) {
        this.admin = admin;
        this.coordinator = coordinator;
        this.quirks = quirks;
        this.limits = limits;
        this.stall = stall;
    }

    @Override
    public HttpListener.Reply reply(ApiRequest request) throws InterruptedException {
        if (Admin.concerns(request)) {
            return HttpListener.Reply.whole(admin.handle(request));
        }
        if (request.path().startsWith("/v1/miners/")) {
            return HttpListener.Reply.whole(toMiner(request));
        }
        boolean _ = quirks.hold(Quirk.SLOW_COORDINATOR, stall);
        if (quirks.take(Quirk.CONNECTION_RESET)) {
            return HttpListener.Reply.reset();
        }
        return refusal(request).map(HttpListener.Reply::whole).orElseGet(() -> deliver(request));
    }

    private ApiResponse toMiner(ApiRequest request) {
        boolean report = request.path().endsWith("/result") || request.path().endsWith("/fail");
        if (report && quirks.take(Quirk.RESULTS_503)) {
            return ApiResponse.page(503, UNAVAILABLE);
        }
        return overRealLimit(request) ? RateLimits.refusal() : coordinator.handle(request);
    }

    private Optional<ApiResponse> refusal(ApiRequest request) {
        if (quirks.take(Quirk.HTTP_503)) {
            return Optional.of(ApiResponse.page(503, UNAVAILABLE));
        }
        if (quirks.take(Quirk.HTTP_500)) {
            return Optional.of(ApiResponse.internalError(request.path()));
        }
        boolean limited = quirks.take(Quirk.RATE_LIMITED) || overRealLimit(request);
        return limited ? Optional.of(RateLimits.refusal()) : Optional.empty();
    }

    private boolean overRealLimit(ApiRequest request) {
        return (quirks.on(Quirk.REAL_RATE_LIMITS) || quirks.on(Quirk.AS_IS))
                && coordinator.routeName(request).filter(limits::exceeded).isPresent();
    }

    private HttpListener.Reply deliver(ApiRequest request) {
        ApiResponse response = coordinator.handle(request);
        boolean submitted =
                request.method().equals("POST") && request.path().equals("/v1/jobs") && response.status() == 201;
        if (submitted && quirks.take(Quirk.LOST_POST)) {
            return HttpListener.Reply.reset();
        }
        if (submitted && quirks.take(Quirk.ERROR_AFTER_COMMIT)) {
            return HttpListener.Reply.whole(ApiResponse.internalError(request.path()));
        }
        if (response.body() instanceof ApiResponse.Body.Value value) {
            if (quirks.take(Quirk.TRUNCATED_BODY)) {
                return new HttpListener.Reply(response, HttpListener.Delivery.CUT);
            }
            if (quirks.take(Quirk.MALFORMED_JSON)) {
                String text = WireJson.text(value.json());
                ApiResponse.Body broken =
                        new ApiResponse.Body.Page("application/json", text.substring(0, text.length() / 2) + "}}");
                return HttpListener.Reply.whole(
                        new ApiResponse(response.status(), response.headers(), broken, response.handled()));
            }
        }
        return HttpListener.Reply.whole(response);
    }
}
