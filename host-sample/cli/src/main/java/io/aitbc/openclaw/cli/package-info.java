/** Commands: what they print, and how they end. */
@NullMarked
package io.aitbc.openclaw.cli;

import org.jspecify.annotations.NullMarked;
