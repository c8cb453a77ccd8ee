/** The documents of snarkjs: proofs, public signals and verification keys, read strictly, and proofs written. */
@NullMarked
package io.aitbc.openclaw.zk.snarkjs;

import org.jspecify.annotations.NullMarked;
