/** An append-only Merkle log with signed checkpoints (RFC 9162, hashing of RFC 6962). */
@NullMarked
package io.aitbc.openclaw.zk.log;

import org.jspecify.annotations.NullMarked;
