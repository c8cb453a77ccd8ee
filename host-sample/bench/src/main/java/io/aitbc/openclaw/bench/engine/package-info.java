/** How fast the embedded engine is. */
@NullMarked
package io.aitbc.openclaw.bench.engine;

import org.jspecify.annotations.NullMarked;
