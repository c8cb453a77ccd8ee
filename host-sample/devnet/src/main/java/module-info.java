/**
 * A development network for AITBC: coordinator, marketplace service and one miner in a single process, on loopback ports.
 * It speaks the protocol of the real network, its defects included, and can be told to misbehave in named ways.
 */
module io.aitbc.openclaw.devnet {
    requires static org.jspecify;
    requires transitive io.aitbc.openclaw.api;
    requires io.helidon.common.socket;
    requires io.helidon.http;
    requires io.helidon.webserver;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports io.aitbc.openclaw.devnet;
}
