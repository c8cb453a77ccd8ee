/** A circuit of any size and keys for it, made at the time of the run: such keys are too large to come with the benchmark. */
@NullMarked
package io.aitbc.openclaw.bench.squarings;

import org.jspecify.annotations.NullMarked;
