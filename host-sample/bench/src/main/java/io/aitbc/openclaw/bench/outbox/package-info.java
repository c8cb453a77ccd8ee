/** The outbox under kill -9 and a network that fails, and its pace without. */
@NullMarked
package io.aitbc.openclaw.bench.outbox;

import org.jspecify.annotations.NullMarked;
