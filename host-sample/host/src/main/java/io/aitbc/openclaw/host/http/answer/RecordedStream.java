package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.api.inference.InferenceEvent;
import io.aitbc.openclaw.api.inference.InferenceStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Hashes the text of an answer as it passes, many small pieces at a time, and tells how it ended. */
final class RecordedStream implements InferenceStream {
    private static final int PIECE = 2048;

    /** Is told of an answer that is whole. */
    interface Listener {
        /** @param onlyText whether the answer had neither reasoning nor tool calls */
        void finished(InferenceEvent.Finished finished, String outputSha256, boolean onlyText);
    }

    private final InferenceStream stream;
    private final Listener listener;
    private final MessageDigest digest = PromptHash.sha256();
    private final StringBuilder piece = new StringBuilder();
    private boolean onlyText = true;

    RecordedStream(InferenceStream stream, Listener listener) {
        this.stream = stream;
        this.listener = listener;
    }

    @Override
    public InferenceEvent next() {
        InferenceEvent event = stream.next();
        switch (event) {
            case InferenceEvent.Text text -> {
                piece.append(text.text());
                if (piece.length() >= PIECE) {
                    hashPiece();
                }
            }
            case InferenceEvent.Thinking _, InferenceEvent.ToolCalls _ -> onlyText = false;
            case InferenceEvent.Waiting _ -> {}
            case InferenceEvent.Finished finished -> {
                hashPiece();
                listener.finished(finished, HexFormat.of().formatHex(digest.digest()), onlyText);
            }
        }
        return event;
    }

    private void hashPiece() {
        digest.update(piece.toString().getBytes(StandardCharsets.UTF_8));
        piece.setLength(0);
    }

    @Override
    public void close() {
        stream.close();
    }
}
