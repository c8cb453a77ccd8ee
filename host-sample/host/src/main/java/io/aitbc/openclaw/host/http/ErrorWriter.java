package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.anthropic.AnthropicErrors;
import io.aitbc.openclaw.host.http.ollama.OllamaErrors;
import io.aitbc.openclaw.host.http.openai.OpenAiErrors;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;

/** Errors before the first byte, in the shape of the protocol that was spoken. */
final class ErrorWriter {
    void send(Exchange exchange, Routes.Style style, ApiFailure failure) {
        switch (style) {
            case OLLAMA -> OllamaErrors.send(exchange, failure);
            case OPENAI -> OpenAiErrors.send(exchange, failure);
            case ANTHROPIC -> AnthropicErrors.send(exchange, failure);
        }
    }
}
