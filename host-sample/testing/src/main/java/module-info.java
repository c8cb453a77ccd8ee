/**
 * Servers and clients for tests, benchmarks and the fault player: an Ollama that follows a script down to the byte, one that
 * is as fast as a machine allows, and a client that measures.
 */
module io.aitbc.openclaw.testing {
    requires static org.jspecify;
    requires tools.jackson.databind;

    exports io.aitbc.openclaw.testing;
}
