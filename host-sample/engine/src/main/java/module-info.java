/** Pure-Java inference over GGUF files. */
module io.aitbc.openclaw.engine {
    requires static org.jspecify;
    requires transitive io.aitbc.openclaw.api;
    requires org.slf4j;
    requires tools.jackson.databind;
}
