/** The embedded engine: answers from GGUF files without native code. */
@NullMarked
package io.aitbc.openclaw.engine;

import org.jspecify.annotations.NullMarked;
