/** Plugins that are replaced under load. */
@NullMarked
package io.aitbc.openclaw.bench.reload;

import org.jspecify.annotations.NullMarked;
