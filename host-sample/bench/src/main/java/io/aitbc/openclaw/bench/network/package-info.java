/** How fast the AITBC provider is, against a devnet. */
@NullMarked
package io.aitbc.openclaw.bench.network;

import org.jspecify.annotations.NullMarked;
