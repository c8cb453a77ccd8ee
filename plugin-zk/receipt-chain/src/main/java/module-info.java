/** The circuit {@code receipt_chain}: its keys, and the program that computes its signals. */
module io.aitbc.openclaw.zk.circuit {
    requires static org.jspecify;
    requires run.endive.runtime;
    requires run.endive.wasm;

    exports io.aitbc.openclaw.zk.circuit;
}
