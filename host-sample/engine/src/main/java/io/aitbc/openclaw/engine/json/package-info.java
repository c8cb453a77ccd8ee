/** JSON and JSON Schema as constraints on the next token. */
@NullMarked
package io.aitbc.openclaw.engine.json;

import org.jspecify.annotations.NullMarked;
