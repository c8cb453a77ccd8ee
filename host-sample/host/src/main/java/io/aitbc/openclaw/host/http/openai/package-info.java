/** The endpoints under {@code /v1} that OpenAI defined. */
@NullMarked
package io.aitbc.openclaw.host.http.openai;

import org.jspecify.annotations.NullMarked;
