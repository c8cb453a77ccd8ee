package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.provider.coordinator.Backoff;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import java.time.InstantSource;

/** What the loops of a miner share. */
record MinerParts(
        MinerClient client,
        MinerSettings settings,
        OfferedModels models,
        Registration registration,
        Workbench bench,
        DailyUse daily,
        Tally tally,
        Backoff backoff,
        InstantSource clock) {}
