/**
 * Messages that must reach somebody who may be away for minutes or days: results to deliver, records to write, evidence to
 * check.
 */
@NullMarked
package io.aitbc.openclaw.api.outbox;

import org.jspecify.annotations.NullMarked;
