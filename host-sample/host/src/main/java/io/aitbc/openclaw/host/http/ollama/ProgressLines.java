package io.aitbc.openclaw.host.http.ollama;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.inference.ModelStore.Progress;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.ClientGone;
import io.aitbc.openclaw.host.http.wire.Exchange;
import java.util.function.Consumer;

/** The progress of a long operation as lines, or only its end. */
final class ProgressLines implements Consumer<Progress> {
    private static final String SUCCESS = "success";

    private final Exchange exchange;
    private final boolean streaming;
    private final JsonOutput out = new JsonOutput();
    private String lastStatus = "";
    private boolean gone;

    ProgressLines(Exchange exchange, boolean streaming) {
        this.exchange = exchange;
        this.streaming = streaming;
    }

    @Override
    public void accept(Progress progress) {
        lastStatus = progress.status();
        if (!streaming) {
            return;
        }
        out.clear();
        out.startObject().field("status", progress.status());
        progress.digest().ifPresent(digest -> out.field("digest", digest));
        progress.totalBytes().ifPresent(total -> out.field("total", total));
        progress.completedBytes().ifPresent(completed -> out.field("completed", completed));
        out.endObject().literal("\n");
        if (!exchange.isStarted()) {
            exchange.stream(Exchange.NDJSON);
        }
        try {
            exchange.write(out.array(), out.length());
        } catch (ClientGone e) {
            gone = true;
            throw new OpenClawException(ErrorCode.CANCELED, "the client went away", e);
        }
    }

    /** Whether nothing was reported yet. */
    boolean isEmpty() {
        return lastStatus.isEmpty();
    }

    void succeeded() {
        if (!lastStatus.equals(SUCCESS)) {
            accept(Progress.of(SUCCESS));
        }
        if (streaming) {
            exchange.writeLast(new byte[0], 0);
        } else {
            out.startObject().field("status", SUCCESS).endObject();
            exchange.send(200, Exchange.JSON, out.array(), out.length());
        }
    }

    void failed(ApiFailure failure) {
        if (gone) {
            throw new ClientGone();
        }
        if (!exchange.isStarted()) {
            throw failure;
        }
        out.clear();
        out.startObject().field("error", failure.text()).endObject().literal("\n");
        exchange.writeLast(out.array(), out.length());
    }
}
