/** A local Ollama as an engine of the host. */
@NullMarked
package io.aitbc.openclaw.engine.ollama;

import org.jspecify.annotations.NullMarked;
