/** Checks the evidence behind an answer. */
module io.aitbc.openclaw.zk {
    requires static org.jspecify;
    requires io.aitbc.openclaw.api;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires tools.jackson.databind;
}
