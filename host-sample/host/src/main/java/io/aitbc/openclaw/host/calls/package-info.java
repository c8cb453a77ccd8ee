/** Calls into code that may not come back by itself. */
@NullMarked
package io.aitbc.openclaw.host.calls;

import org.jspecify.annotations.NullMarked;
