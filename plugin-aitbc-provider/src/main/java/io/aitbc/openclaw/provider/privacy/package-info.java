/** What of a prompt may leave this machine, and how what may not is kept back. */
@NullMarked
package io.aitbc.openclaw.provider.privacy;

import org.jspecify.annotations.NullMarked;
