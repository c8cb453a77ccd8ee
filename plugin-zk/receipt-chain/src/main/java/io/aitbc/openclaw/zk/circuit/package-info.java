/** The circuit {@code receipt_chain}: its keys, and the program that computes its signals. */
@NullMarked
package io.aitbc.openclaw.zk.circuit;

import org.jspecify.annotations.NullMarked;
