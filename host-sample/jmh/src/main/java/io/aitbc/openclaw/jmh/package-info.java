/** JMH benchmarks; they need the class path and generated code, so they are no named module. */
@NullMarked
package io.aitbc.openclaw.jmh;

import org.jspecify.annotations.NullMarked;
