/** Asking a provider's own public endpoint, which a stranger chose, without anything in between. */
@NullMarked
package io.aitbc.openclaw.provider.direct;

import org.jspecify.annotations.NullMarked;
