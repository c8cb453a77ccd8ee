/** Which versions of the programs around the host work with it. */
@NullMarked
package io.aitbc.openclaw.host.compatibility;

import org.jspecify.annotations.NullMarked;
