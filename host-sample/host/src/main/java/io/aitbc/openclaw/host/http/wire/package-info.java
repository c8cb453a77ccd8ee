/** Connections: who is still there, who is too slow, and one request as the endpoints see it. */
@NullMarked
package io.aitbc.openclaw.host.http.wire;

import org.jspecify.annotations.NullMarked;
