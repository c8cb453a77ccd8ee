/** Client of the AITBC coordinator and its marketplace service: what goes over the wire, and how it is read. */
@NullMarked
package io.aitbc.openclaw.provider.coordinator;

import org.jspecify.annotations.NullMarked;
