package io.aitbc.openclaw.provider.conformance;

/** The jobs again, in the protocol of March 2026, which is found out by asking. */
class MarchJobConformanceTest extends JobConformanceTest {
    @Override
    ConformanceTarget createTarget() {
        return ConformanceTarget.devnetOfMarch();
    }
}
