/** Faults of local engines and networks, each played against a running host and compared with its stated outcome. */
@NullMarked
package io.aitbc.openclaw.bench.faults;

import org.jspecify.annotations.NullMarked;
