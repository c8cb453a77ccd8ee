package io.aitbc.openclaw.host.http.wire;

import java.time.Duration;

/**
 * How long a client may keep a connection waiting.
 *
 * @param header from the first byte of a request to the end of its header
 * @param body between two pieces of a request's body
 * @param idle between two requests
 * @param write for one write: a client that does not read is cut off after it
 */
public record ConnectionLimits(Duration header, Duration body, Duration idle, Duration write) {}
