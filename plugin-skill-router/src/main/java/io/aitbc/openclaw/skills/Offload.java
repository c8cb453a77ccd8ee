package io.aitbc.openclaw.skills;

/** When work may leave for a network. */
enum Offload {
    /** Also for a local name that no local engine can serve, and when a named network fails, back to a local engine. */
    AUTO,
    /** Only for a name that says so: {@code aitbc/…}, {@code <miner>/…}, {@code …@<miner>}. */
    EXPLICIT,
    /** Never. */
    OFF
}
