/** What all protocols share: finding models, running an answer, naming failures. */
@NullMarked
package io.aitbc.openclaw.host.http.answer;

import org.jspecify.annotations.NullMarked;
