package io.aitbc.openclaw.engine.gguf;

/** A file that is not a GGUF file this engine can use. The message names the file and the field. */
public final class MalformedGgufException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedGgufException(String file, String field, String problem) {
        super("%s: %s: %s".formatted(file, field, problem));
    }
}
