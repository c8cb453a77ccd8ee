/** Everything that speaks AITBC. */
module io.aitbc.openclaw.provider {
    requires static org.jspecify;
    requires io.aitbc.openclaw.api;
    requires okhttp3;
    requires org.slf4j;
    requires tools.jackson.databind;
}
