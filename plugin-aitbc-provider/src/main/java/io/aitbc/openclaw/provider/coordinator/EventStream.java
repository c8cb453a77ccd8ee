package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.FailureReason;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Server-sent events (WHATWG HTML, section 9.2) as they arrive, of which only the data counts. For one thread; closing it, or
 * canceling its scope, closes the connection.
 */
final class EventStream implements AutoCloseable {
    private static final long LONGEST_LINE = 1024 * 1024;
    private static final int LONGEST_EVENT = 4 * 1024 * 1024;
    private static final int LONGEST_ERROR = 64 * 1024;

    /**
     * How long to wait.
     *
     * @param firstEvent from the request to the first event
     * @param idle from one event to the next
     * @param whole for all of it
     * @param bytes longest stream
     */
    record Limits(Duration firstEvent, Duration idle, Duration whole, long bytes) {}

    private final Response response;
    private final BufferedSource source;
    private final Call call;
    private final Limits limits;
    private final CallScope scope;
    private final long started;
    private boolean begun;
    private long bytes;

    EventStream(Response response, Call call, Limits limits, long started, CallScope scope) {
        this.response = response;
        this.source = response.body().source();
        this.call = call;
        this.limits = limits;
        this.started = started;
        this.scope = scope;
    }

    int status() {
        return response.code();
    }

    /** What an answer that is no stream says. */
    Reply reply() {
        try {
            source.request(LONGEST_ERROR);
            String body = source.getBuffer()
                    .clone()
                    .readUtf8(Math.min(LONGEST_ERROR, source.getBuffer().size()));
            return new Reply(status(), body, Optional.empty());
        } catch (IOException e) {
            return new Reply(status(), "", Optional.empty());
        }
    }

    /**
     * The data of the next event.
     *
     * @return empty when the stream has ended, also in the middle of an event: what was not finished does not count
     * @throws OpenClawException with CANCELED, FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT, STREAM_CUT or MALFORMED_ANSWER
     */
    Optional<String> next() {
        // Against the clock, not against each read: a server that sends nothing but comments is idle too.
        long now = System.nanoTime();
        Duration left = begun ? limits.idle() : limits.firstEvent().minusNanos(now - started);
        source.timeout().deadlineNanoTime(now + Math.max(1, left.toNanos()));
        try {
            Optional<String> event = event();
            begun = true;
            return event;
        } catch (EOFException e) {
            scope.check();
            return Optional.empty();
        } catch (InterruptedIOException e) {
            scope.check();
            throw begun
                    ? new OpenClawException(ErrorCode.IDLE_TIMEOUT, late("paused for more than", limits.idle()))
                    : new OpenClawException(
                            ErrorCode.FIRST_BYTE_TIMEOUT, late("sent no event within", limits.firstEvent()));
        } catch (IOException e) {
            scope.check();
            throw new OpenClawException(
                    ErrorCode.STREAM_CUT,
                    "%s broke off its answer: %s".formatted(place(), ErrorText.line(FailureReason.of(e))));
        }
    }

    private String late(String what, Duration limit) {
        return "%s %s %d ms".formatted(place(), what, limit.toMillis());
    }

    private String place() {
        return response.request().url().host() + response.request().url().encodedPath();
    }

    private Optional<String> event() throws IOException {
        StringBuilder data = new StringBuilder();
        boolean any = false;
        while (true) {
            String line = line();
            if (line.isEmpty() && any) {
                return Optional.of(data.toString());
            }
            if (line.startsWith("data:")) {
                data.append(any ? "\n" : "").append(line, line.startsWith("data: ") ? 6 : 5, line.length());
                any = true;
                if (data.length() > LONGEST_EVENT) {
                    throw tooLong("event");
                }
            }
        }
    }

    private String line() throws IOException {
        long end = source.indexOf((byte) '\n', 0, LONGEST_LINE);
        if (end < 0) {
            if (source.exhausted() || source.getBuffer().size() < LONGEST_LINE) {
                throw new EOFException();
            }
            throw tooLong("line");
        }
        bytes += end + 1;
        if (bytes > limits.bytes()) {
            throw tooLong("stream");
        }
        String line = source.readUtf8(end);
        source.skip(1);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private OpenClawException tooLong(String what) {
        return new OpenClawException(
                ErrorCode.MALFORMED_ANSWER, "%s sent a %s that is too long".formatted(place(), what));
    }

    @Override
    public void close() {
        call.cancel();
        response.close();
        scope.end(call);
    }
}
