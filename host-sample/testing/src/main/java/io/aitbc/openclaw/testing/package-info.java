/** Scripted and fast peers that speak Ollama's protocol over real sockets. */
@NullMarked
package io.aitbc.openclaw.testing;

import org.jspecify.annotations.NullMarked;
