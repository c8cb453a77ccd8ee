package io.aitbc.openclaw.host.http.wire;

/** Answers one kind of request. */
@FunctionalInterface
public interface Endpoint {
    void handle(Exchange exchange);
}
