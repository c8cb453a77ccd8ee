/** Evidence behind an answer and what checking it showed. */
@NullMarked
package io.aitbc.openclaw.api.proof;

import org.jspecify.annotations.NullMarked;
