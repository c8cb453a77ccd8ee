/** Text generation and embeddings, local or over a network. */
@NullMarked
package io.aitbc.openclaw.api.inference;

import org.jspecify.annotations.NullMarked;
