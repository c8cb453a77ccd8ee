/** JSON as Go's {@code encoding/json} reads and writes it, because clients match its error texts. */
@NullMarked
package io.aitbc.openclaw.host.http.json;

import org.jspecify.annotations.NullMarked;
