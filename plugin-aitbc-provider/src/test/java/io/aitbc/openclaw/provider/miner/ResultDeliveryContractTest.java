package io.aitbc.openclaw.provider.miner;

import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.outbox.OutboxHandler;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.OutboxHandlerContract;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.devnet.Devnet;
import io.aitbc.openclaw.devnet.DevnetOptions;
import io.aitbc.openclaw.provider.FolderContext;
import io.aitbc.openclaw.provider.coordinator.BaseUrl;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.Http;
import io.aitbc.openclaw.provider.coordinator.Json;
import io.aitbc.openclaw.provider.coordinator.MinerClient;
import io.aitbc.openclaw.provider.coordinator.MinerKey;
import io.aitbc.openclaw.provider.miner.FaultyRelay.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with a devnet as receiver: it would take every repetition and every contradiction. */
class ResultDeliveryContractTest extends OutboxHandlerContract {
    private static final String MINER = "edge-miner-1";

    @TempDir
    Path folder;

    private final ScriptedEngine engine =
            new ScriptedEngine("hub", Models.local("hub", Mining.MODEL, Capability.COMPLETION));
    private final AtomicReference<Fault> always = new AtomicReference<>(Fault.NONE);
    private final AtomicReference<Fault> once = new AtomicReference<>(Fault.NONE);
    private final CallScope scope = new CallScope();
    private Devnet devnet;
    private FaultyRelay line;
    private FolderContext context;
    private RawBuyer buyer;
    private MinerClient miner;
    private String job;

    /** After the contract made its subject, which needs nothing yet. */
    @BeforeEach
    void takeAJob() {
        miner.register(Json.MAPPER.createObjectNode(), 1, "localhost", scope);
        job = buyer.submit("{\"model\":\"tiny\",\"prompt\":\"hi\"}", "0x2c581a028cedc657fd1b754ab9de4eaaf9c6ca5d");
        miner.poll(scope);
    }

    @AfterEach
    void close() {
        buyer.close();
        context.close();
        line.close();
        devnet.close();
        engine.close();
    }

    @Override
    protected OutboxHandler createHandler() {
        devnet = Devnet.start(DevnetOptions.defaults().withMiner(false), engine);
        try {
            line = new FaultyRelay(devnet.coordinatorUrl(), () -> {
                Fault next = once.getAndSet(Fault.NONE);
                return next == Fault.NONE ? always.get() : next;
            });
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        buyer = new RawBuyer(devnet.coordinatorUrl());
        miner = new MinerClient(
                BaseUrl.of("url", devnet.coordinatorUrl()),
                new MinerKey(MINER, devnet.minerKey()),
                new Http(InstantSource.system(), false));
        context = new FolderContext(
                folder, Mining.settings(line.url(), devnet.marketplaceUrl(), MINER, devnet.minerKey()));
        return new AitbcMinerResultsFactory().create(context);
    }

    private Report report(String text) {
        return Report.of(MINER, job, new Outcome.Completed(text, "tiny", 2, false, false, Duration.ofMillis(5)));
    }

    @Override
    protected String payload() {
        return report("hello").payload();
    }

    @Override
    protected int arrivals(String payload) {
        return buyer.receipts(job);
    }

    @Override
    protected void cutReceiver() {
        always.set(Fault.LOST);
    }

    @Override
    protected void restoreReceiver() {
        always.set(Fault.NONE);
    }

    @Override
    protected void loseNextAnswer() {
        once.set(Fault.ANSWER_LOST);
    }

    @Override
    protected void contradict(String payload) {
        miner.result(job, report("something else").body(), scope);
    }
}
