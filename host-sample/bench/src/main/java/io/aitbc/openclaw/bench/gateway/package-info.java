/** What the host adds to the latency of a local model server. */
@NullMarked
package io.aitbc.openclaw.bench.gateway;

import org.jspecify.annotations.NullMarked;
