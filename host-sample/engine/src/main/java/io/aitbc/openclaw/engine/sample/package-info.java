/** Chooses the next token. */
@NullMarked
package io.aitbc.openclaw.engine.sample;

import org.jspecify.annotations.NullMarked;
