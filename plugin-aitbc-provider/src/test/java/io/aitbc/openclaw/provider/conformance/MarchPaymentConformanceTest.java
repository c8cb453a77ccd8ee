package io.aitbc.openclaw.provider.conformance;

/** The payments again, in the protocol of March 2026. */
class MarchPaymentConformanceTest extends PaymentConformanceTest {
    @Override
    ConformanceTarget createTarget() {
        return ConformanceTarget.devnetOfMarch();
    }
}
