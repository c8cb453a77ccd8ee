/** The offers of all networks side by side. */
@NullMarked
package io.aitbc.openclaw.marketplace;

import org.jspecify.annotations.NullMarked;
