/** Anthropic's {@code /v1/messages}. */
@NullMarked
package io.aitbc.openclaw.host.http.anthropic;

import org.jspecify.annotations.NullMarked;
