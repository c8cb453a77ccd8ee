/** Plugin loader and Ollama API server. */
module io.aitbc.openclaw.host {
    requires static org.jspecify;
    requires transitive io.aitbc.openclaw.api;
    requires io.aitbc.openclaw.devnet;
    requires io.aitbc.openclaw.engine;
    requires io.aitbc.openclaw.engine.ollama;
    requires io.helidon.common.buffers;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.common.socket;
    requires io.helidon.common.task;
    requires io.helidon.http;
    requires io.helidon.webserver;
    requires org.slf4j;
    requires pf4j;
    requires tools.jackson.databind;

    exports io.aitbc.openclaw.host.http;
}
