/** The host: its configuration and how its parts are put together. */
@NullMarked
package io.aitbc.openclaw.host;

import org.jspecify.annotations.NullMarked;
