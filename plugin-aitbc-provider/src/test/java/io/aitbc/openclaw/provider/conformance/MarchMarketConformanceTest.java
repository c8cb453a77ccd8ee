package io.aitbc.openclaw.provider.conformance;

/** The lists again, in the protocol of March 2026. */
class MarchMarketConformanceTest extends MarketConformanceTest {
    @Override
    ConformanceTarget createTarget() {
        return ConformanceTarget.devnetOfMarch();
    }
}
