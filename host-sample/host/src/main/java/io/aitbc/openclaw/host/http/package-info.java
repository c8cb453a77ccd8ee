/** The Ollama API, and the OpenAI and Anthropic ones beside it, over whatever is loaded. */
@NullMarked
package io.aitbc.openclaw.host.http;

import org.jspecify.annotations.NullMarked;
