/** An AITBC coordinator, marketplace and miner in one process. */
module io.aitbc.openclaw.devnet {
    requires static org.jspecify;
    requires transitive io.aitbc.openclaw.api;
    requires io.helidon.webserver;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires tools.jackson.databind;
}
