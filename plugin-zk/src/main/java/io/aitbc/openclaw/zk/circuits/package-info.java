/** Which circuits there are, what their proofs show, and the files behind them: keys are known by hash, and never come with a proof. */
@NullMarked
package io.aitbc.openclaw.zk.circuits;

import org.jspecify.annotations.NullMarked;
