/** What every extension point shares: context, errors, amounts. */
@NullMarked
package io.aitbc.openclaw.api;

import org.jspecify.annotations.NullMarked;
