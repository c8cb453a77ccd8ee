package io.aitbc.openclaw.engine.gguf;

import java.util.Optional;

/** The tensor encodings this engine reads. */
public enum TensorType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    /** Blocks of 32 signed bytes behind one half-precision scale. */
    Q8_0(8, 32, 34);

    private static final String[] GGML_NAMES = {
        "F32", "F16", "Q4_0", "Q4_1", "4", "5", "Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K",
        "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8", "I16", "I32",
        "I64", "F64", "IQ1_M", "BF16"
    };

    private final int code;
    private final int blockElements;
    private final int blockBytes;

    TensorType(int code, int blockElements, int blockBytes) {
        this.code = code;
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    /** Number in the file. */
    public int code() {
        return code;
    }

    public int blockElements() {
        return blockElements;
    }

    public int blockBytes() {
        return blockBytes;
    }

    static Optional<TensorType> ofCode(long code) {
        for (TensorType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** What GGML calls the type with this number. */
    static String ggmlName(long code) {
        return code >= 0 && code < GGML_NAMES.length ? GGML_NAMES[(int) code] : Long.toString(code);
    }
}
