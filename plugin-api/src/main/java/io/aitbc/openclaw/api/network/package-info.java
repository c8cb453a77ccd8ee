/** Networks that sell compute: offers and the money that pays for jobs. */
@NullMarked
package io.aitbc.openclaw.api.network;

import org.jspecify.annotations.NullMarked;
