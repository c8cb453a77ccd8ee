/** Reads GGUF version 3 files: header, metadata, tensors. */
@NullMarked
package io.aitbc.openclaw.engine.gguf;

import org.jspecify.annotations.NullMarked;
