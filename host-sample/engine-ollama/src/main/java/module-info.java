/**
 * A local Ollama as an engine.
 *
 * <p>Token streams go over one OkHttp client and a streaming parser of our own. Ollama4j does the management it does well
 * (version, list, unload, delete); it is no module, so it runs from the class path and only one class here sees it. Without
 * it on the class path {@link io.aitbc.openclaw.engine.ollama.OllamaEngine#connect} fails with a configuration error.
 */
module io.aitbc.openclaw.engine.ollama {
    requires static org.jspecify;
    requires transitive io.aitbc.openclaw.api;
    requires java.net.http;
    requires jdk.management;
    requires okhttp3;
    requires okio;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports io.aitbc.openclaw.engine.ollama;
}
