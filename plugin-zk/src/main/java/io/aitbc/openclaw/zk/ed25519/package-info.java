/** Signatures as AITBC and the proof chain write and check them (RFC 8032). */
@NullMarked
package io.aitbc.openclaw.zk.ed25519;

import org.jspecify.annotations.NullMarked;
