/** Checks the evidence behind an answer, makes proofs, and keeps what can be shown of answers. */
module io.aitbc.openclaw.zk {
    requires static org.jspecify;
    requires io.aitbc.openclaw.api;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires tools.jackson.core;

    provides io.aitbc.openclaw.api.proof.ProofChainFactory with
            io.aitbc.openclaw.zk.ZkChainFactory;
    provides io.aitbc.openclaw.api.proof.ProofGeneratorFactory with
            io.aitbc.openclaw.zk.ZkGeneratorFactory;
    provides io.aitbc.openclaw.api.proof.ProofVerifierFactory with
            io.aitbc.openclaw.zk.ZkVerifierFactory;
    provides io.aitbc.openclaw.api.proof.WorkReceiptsFactory with
            io.aitbc.openclaw.zk.ZkWorkReceiptsFactory;
}
