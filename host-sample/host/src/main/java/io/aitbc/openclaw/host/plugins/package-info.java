/** Loads plugins as module layers and hands out what they contribute. */
@NullMarked
package io.aitbc.openclaw.host.plugins;

import org.jspecify.annotations.NullMarked;
