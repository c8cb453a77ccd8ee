/** The devnet: {@link io.aitbc.openclaw.devnet.Devnet} starts it. */
@NullMarked
package io.aitbc.openclaw.devnet;

import org.jspecify.annotations.NullMarked;
