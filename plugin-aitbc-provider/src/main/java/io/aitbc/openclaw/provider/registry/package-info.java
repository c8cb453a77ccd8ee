/** Client of the AITBC registry of agents. */
@NullMarked
package io.aitbc.openclaw.provider.registry;

import org.jspecify.annotations.NullMarked;
