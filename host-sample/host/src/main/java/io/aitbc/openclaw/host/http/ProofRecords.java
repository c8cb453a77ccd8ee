package io.aitbc.openclaw.host.http;

/** Of which answers the proof chain gets a record. */
public enum ProofRecords {
    OFF,
    /** Those that a network computed. */
    NETWORK,
    ALL
}
