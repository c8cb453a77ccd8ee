package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.answer.Failures;
import io.aitbc.openclaw.host.http.wire.ClientGone;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.FailurePlace;
import io.aitbc.openclaw.host.http.wire.MalformedRequest;
import io.aitbc.openclaw.host.http.wire.RequestTooLarge;
import io.aitbc.openclaw.host.http.wire.Routes;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every request passes: origin, host, key, limits, routing, and the shape of its errors. */
final class ApiHandler implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);
    private static final HeaderName API_KEY = HeaderNames.create("x-api-key");

    private final Routes routes;
    private final Gate gate;
    private final ErrorWriter errors;
    private final HostInfo info;
    private final Loading loading;
    private final long maxRequestBytes;
    private final Semaphore places;

    ApiHandler(Routes routes, Gate gate, ErrorWriter errors, HostInfo info, ApiServerOptions options) {
        this.routes = routes;
        this.gate = gate;
        this.info = info;
        this.loading = info.loading();
        this.errors = errors;
        this.maxRequestBytes = options.maxRequestBytes();
        this.places = new Semaphore(options.maxConcurrentRequests());
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Exchange exchange = new Exchange(request, response, maxRequestBytes);
        try {
            if (gate.admit(exchange)) {
                route(exchange);
            }
        } catch (ClientGone e) {
            throw exchange.hangUp();
        }
        exchange.finish();
    }

    private void route(Exchange exchange) {
        String path = exchange.path();
        Optional<Routes.Route> route = routes.find(exchange.method(), path);
        if (route.isPresent()) {
            answer(exchange, route.get());
        } else {
            refuse(exchange, path);
        }
    }

    private void answer(Exchange exchange, Routes.Route route) {
        if (route.heavy() && !places.tryAcquire()) {
            errors.send(exchange, route.style(), new ApiFailure(503, Failures.BUSY));
            return;
        }
        try {
            if (!gate.knowsKey(exchange, exchange.header(API_KEY))) {
                throw new ApiFailure(401, "missing or wrong API key");
            }
            info.surroundings()
                    .ifPresent(surroundings -> surroundings.client(
                            exchange.header(HeaderNames.USER_AGENT).orElse("")));
            if (!route.early()) {
                loading.await();
            }
            route.endpoint().handle(exchange);
        } catch (ApiFailure e) {
            errors.send(exchange, route.style(), e);
        } catch (RequestTooLarge e) {
            errors.send(exchange, route.style(), new ApiFailure(413, String.valueOf(e.getMessage())));
        } catch (MalformedRequest e) {
            errors.send(exchange, route.style(), new ApiFailure(400, String.valueOf(e.getMessage())));
        } catch (OpenClawException e) {
            errors.send(exchange, route.style(), Failures.of(e, ""));
        } catch (ClientGone e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("path", exchange.path())
                    .setCause(FailurePlace.of(e))
                    .log("request failed");
            errors.send(exchange, route.style(), new ApiFailure(500, "internal error, see the log of the host"));
        } finally {
            if (route.heavy()) {
                places.release();
            }
        }
    }

    private void refuse(Exchange exchange, String path) {
        String method = exchange.method();
        if (path.length() > 1 && path.endsWith("/")) {
            String shorter = path.substring(0, path.length() - 1);
            if (routes.find(method, shorter).isPresent()) {
                exchange.responseHeader(HeaderNames.LOCATION, shorter);
                exchange.send(method.equals("GET") ? 301 : 307);
                return;
            }
        }
        List<String> allowed = routes.allowed(path);
        if (allowed.isEmpty()) {
            exchange.send(404, Exchange.PLAIN_TEXT, "404 page not found");
        } else {
            exchange.responseHeader(HeaderNames.ALLOW, String.join(", ", allowed));
            exchange.send(405, Exchange.PLAIN_TEXT, "405 method not allowed");
        }
    }
}
