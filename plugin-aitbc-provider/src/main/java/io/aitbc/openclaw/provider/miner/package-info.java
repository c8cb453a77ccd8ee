/** The supply side: earns AIT by answering jobs of strangers with the host's own engines. */
@NullMarked
package io.aitbc.openclaw.provider.miner;

import org.jspecify.annotations.NullMarked;
