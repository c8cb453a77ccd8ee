package io.aitbc.openclaw.engine.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells what kind of failure a status, a text or an exception is. */
final class Failures {
    private static final int BODY_LIMIT = 64 * 1024;
    private static final int TEXT_LIMIT = 2_000;

    private final URI url;

    Failures(URI url) {
        this.url = url;
    }

    /** A status other than success. Reads, and closes, the body. */
    OpenClawException ofResponse(Response response) {
        int status = response.code();
        Optional<String> text = errorText(response);
        String message = text.orElseGet(() -> unexplained(status));
        return OpenClawException.upstream(codeOf(status, text), status, message);
    }

    private String unexplained(int status) {
        return "%s answered with HTTP status %d and no reason of Ollama's: is there a proxy in front, or no Ollama?"
                .formatted(url, status);
    }

    /** Ollama's own text, or the plain text of something in between; empty for pages and other surprises. */
    private static Optional<String> errorText(Response response) {
        String body;
        try (ResponseBody responseBody = response.body()) {
            Buffer start = new Buffer();
            long left = BODY_LIMIT;
            long count = responseBody.source().read(start, left);
            while (count >= 0 && left > 0) {
                left -= count;
                count = responseBody.source().read(start, Math.max(1, left));
            }
            body = start.readUtf8();
        } catch (IOException e) {
            return Optional.empty();
        }
        return errorField(body).map(Failures::oneLine);
    }

    /** The text in {@code {"error":…}}, also in OpenAI's form. */
    static Optional<String> errorField(String body) {
        try {
            JsonNode root = JsonMapper.shared().readTree(body);
            JsonNode error = root.path("error");
            if (error.isString()) {
                return Optional.of(error.asString());
            }
            return error.path("message").isString()
                    ? Optional.of(error.path("message").asString())
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static String oneLine(String text) {
        String line = text.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
        return line.length() > TEXT_LIMIT ? line.substring(0, TEXT_LIMIT) + "…" : line;
    }

    private static ErrorCode codeOf(int status, Optional<String> text) {
        Optional<ErrorCode> told = text.flatMap(Failures::codeOfText);
        return switch (status) {
            case 400, 413, 422 -> told.orElse(ErrorCode.INVALID_REQUEST);
            case 401, 403, 407 -> ErrorCode.NOT_AUTHORIZED;
            case 404 -> text.isPresent() ? ErrorCode.MODEL_NOT_FOUND : ErrorCode.MALFORMED_ANSWER;
            case 405, 501 -> ErrorCode.UNSUPPORTED;
            case 429, 503 -> ErrorCode.OVERLOADED;
            default -> status < 400 ? ErrorCode.MALFORMED_ANSWER : told.orElse(ErrorCode.PROVIDER_FAILED);
        };
    }

    /** Ollama reports some faults of the request with status 500; the text is what tells them. */
    private static Optional<ErrorCode> codeOfText(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("does not support") || lower.contains("input is not supported")) {
            return Optional.of(ErrorCode.UNSUPPORTED);
        }
        if (lower.contains("longer than the context length") || lower.contains("exceeds the context length")) {
            return Optional.of(ErrorCode.CONTEXT_OVERFLOW);
        }
        boolean request = lower.startsWith("option \"")
                || lower.startsWith("invalid format")
                || lower.startsWith("template:")
                || lower.startsWith("illegal base64");
        return request ? Optional.of(ErrorCode.INVALID_REQUEST) : Optional.empty();
    }

    /** A call that did not get as far as an answer. */
    OpenClawException beforeAnswer(IOException cause) {
        if (cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException) {
            return unreachable(cause);
        }
        if (cause instanceof SSLException) {
            return new OpenClawException(
                    ErrorCode.UNREACHABLE,
                    "No TLS with Ollama at %s: %s".formatted(url, FailureReason.of(cause)),
                    cause);
        }
        if (cause instanceof SocketTimeoutException timeout
                && "Connect timed out".equalsIgnoreCase(timeout.getMessage())) {
            return unreachable(cause);
        }
        if (cause instanceof InterruptedIOException) {
            return timedOut(cause);
        }
        if (cause instanceof ProtocolException) {
            return new OpenClawException(
                    ErrorCode.MALFORMED_ANSWER,
                    "%s does not speak HTTP: %s".formatted(url, FailureReason.of(cause)),
                    cause);
        }
        return new OpenClawException(
                ErrorCode.STREAM_CUT,
                "Ollama at %s closed the connection before it answered: it crashed or was stopped".formatted(url),
                cause);
    }

    private OpenClawException unreachable(IOException cause) {
        return new OpenClawException(
                ErrorCode.UNREACHABLE,
                "No Ollama at %s (%s): start it with `ollama serve` or correct the URL"
                        .formatted(url, FailureReason.of(cause)),
                cause);
    }

    /** A management call that took too long. */
    OpenClawException timedOut(IOException cause) {
        return new OpenClawException(
                ErrorCode.FIRST_BYTE_TIMEOUT, "Ollama at %s did not answer in time".formatted(url), cause);
    }

    /** A connection that broke within an answer. */
    OpenClawException withinAnswer(IOException cause) {
        boolean ended = cause instanceof EOFException
                || String.valueOf(cause.getMessage()).startsWith("unexpected end of stream");
        if (cause instanceof ProtocolException && !ended) {
            return new OpenClawException(
                    ErrorCode.MALFORMED_ANSWER,
                    "%s broke the rules of HTTP within its answer: %s".formatted(url, FailureReason.of(cause)),
                    cause);
        }
        return new OpenClawException(
                ErrorCode.STREAM_CUT, "The connection to Ollama at %s broke within its answer".formatted(url), cause);
    }

    OpenClawException malformed(String what) {
        return new OpenClawException(ErrorCode.MALFORMED_ANSWER, "Ollama at %s sent %s".formatted(url, what));
    }
}
