module test.verifier {
    requires io.aitbc.openclaw.api;

    provides io.aitbc.openclaw.api.proof.ProofVerifierFactory with test.verifier.TestVerifierFactory;
}
