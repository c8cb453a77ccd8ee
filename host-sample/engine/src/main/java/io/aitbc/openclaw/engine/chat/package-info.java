/** Prompts of conversations and the tool calls in answers. */
@NullMarked
package io.aitbc.openclaw.engine.chat;

import org.jspecify.annotations.NullMarked;
