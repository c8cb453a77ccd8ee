/** A local Ollama as an engine. */
module io.aitbc.openclaw.engine.ollama {
    requires static org.jspecify;
    requires transitive io.aitbc.openclaw.api;
    requires okhttp3;
    requires org.slf4j;
    requires tools.jackson.databind;
}
