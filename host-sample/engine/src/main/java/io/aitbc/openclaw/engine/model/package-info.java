/** The llama transformer and its arithmetic. */
@NullMarked
package io.aitbc.openclaw.engine.model;

import org.jspecify.annotations.NullMarked;
