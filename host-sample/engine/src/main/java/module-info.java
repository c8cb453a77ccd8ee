/**
 * Pure-Java inference over GGUF files: the llama architecture with F32, F16 and Q8_0 weights.
 *
 * <p>{@link io.aitbc.openclaw.engine.EmbeddedEngine} is the entry point. The Vector API is used when the module
 * {@code jdk.incubator.vector} is added to the run time; plain Java otherwise.
 */
module io.aitbc.openclaw.engine {
    requires static jdk.incubator.vector;
    requires static org.jspecify;
    requires transitive io.aitbc.openclaw.api;
    requires java.management;
    requires jdk.management;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports io.aitbc.openclaw.engine;
}
