/**
 * What every implementation of an extension point has to do, as tests to extend, and doubles to write further tests with.
 *
 * <p>A contract has behaviours, all on by default. A subclass that turns one off promises that the extension refuses it with
 * {@code UNSUPPORTED} and the message the subclass states; that is tested instead.
 */
@NullMarked
package io.aitbc.openclaw.contract;

import org.jspecify.annotations.NullMarked;
