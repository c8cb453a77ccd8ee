/** The commands of ./run. */
module io.aitbc.openclaw.cli {
    requires static org.jspecify;
    requires info.picocli;
    requires io.aitbc.openclaw.api;
    requires io.aitbc.openclaw.bench;
    requires io.aitbc.openclaw.devnet;
    requires io.aitbc.openclaw.engine;
    requires io.aitbc.openclaw.host;
    requires org.slf4j;
    requires tools.jackson.databind;
}
