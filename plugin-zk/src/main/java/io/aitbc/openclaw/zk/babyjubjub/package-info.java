/** The curve Baby Jubjub (EIP-2494) over the field that circuits compute in, and EdDSA-Poseidon signatures on it, as circomlibjs makes and checks them. */
@NullMarked
package io.aitbc.openclaw.zk.babyjubjub;

import org.jspecify.annotations.NullMarked;
