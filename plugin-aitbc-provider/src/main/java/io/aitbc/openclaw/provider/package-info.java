/** The AITBC network as a provider of models, a network and a payment account. */
@NullMarked
package io.aitbc.openclaw.provider;

import org.jspecify.annotations.NullMarked;
