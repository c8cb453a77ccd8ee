/** The endpoints under {@code /api}. */
@NullMarked
package io.aitbc.openclaw.host.http.ollama;

import org.jspecify.annotations.NullMarked;
