/** Byte-level BPE as GPT-2 introduced it. */
@NullMarked
package io.aitbc.openclaw.engine.token;

import org.jspecify.annotations.NullMarked;
