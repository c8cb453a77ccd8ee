/** Servers and clients that behave badly on purpose. */
module io.aitbc.openclaw.testing {
    requires static org.jspecify;
    requires tools.jackson.databind;
}
