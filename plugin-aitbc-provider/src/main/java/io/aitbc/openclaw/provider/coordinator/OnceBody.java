package io.aitbc.openclaw.provider.coordinator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * JSON that is sent at most once. OkHttp repeats a POST by itself when a pooled connection turns out to be dead or a 503
 * says "Retry-After: 0"; for a job that would mean a second job.
 */
public final class OnceBody extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json");

    private final byte[] bytes;
    private final AtomicBoolean written = new AtomicBoolean();

    public OnceBody(String json) {
        this.bytes = json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        if (!written.compareAndSet(false, true)) {
            throw new IOException("the request was sent already and is not repeated");
        }
        sink.write(bytes);
    }
}
