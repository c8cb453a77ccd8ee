/** The making of proofs as a service: a queue, progress, a time limit, and provers to choose from. */
@NullMarked
package io.aitbc.openclaw.zk.proving;

import org.jspecify.annotations.NullMarked;
