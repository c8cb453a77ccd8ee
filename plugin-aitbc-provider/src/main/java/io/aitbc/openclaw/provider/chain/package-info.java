/** Client of the AITBC chain's node: accounts, signed transfers, escrow records. */
@NullMarked
package io.aitbc.openclaw.provider.chain;

import org.jspecify.annotations.NullMarked;
