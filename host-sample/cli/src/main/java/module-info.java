/** The commands of ./run. */
module io.aitbc.openclaw.cli {
    requires static org.jspecify;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires info.picocli;
    requires io.aitbc.openclaw.api;
    requires io.aitbc.openclaw.bench;
    requires io.aitbc.openclaw.devnet;
    requires io.aitbc.openclaw.engine;
    requires io.aitbc.openclaw.host;
    requires java.logging;
    requires java.net.http;
    requires jul.to.slf4j;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports io.aitbc.openclaw.cli to
            org.slf4j;

    opens io.aitbc.openclaw.cli to
            info.picocli;
}
