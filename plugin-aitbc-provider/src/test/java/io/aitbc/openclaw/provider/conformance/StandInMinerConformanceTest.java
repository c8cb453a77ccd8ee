package io.aitbc.openclaw.provider.conformance;

import io.aitbc.openclaw.devnet.DevnetOptions;

/** The jobs again, answered by a miner of the suite's own: what an operator without a running miner would test. */
class StandInMinerConformanceTest extends JobConformanceTest {
    @Override
    ConformanceTarget createTarget() {
        return ConformanceTarget.withOwnMiner(DevnetOptions.defaults());
    }
}
