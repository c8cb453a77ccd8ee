package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ChainPlace;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Keeps records in memory; a test may make its disk slow or broken. */
final class ScriptedProofChain implements ProofChain {
    private final List<AnswerRecord> records = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch disk = new CountDownLatch(0);
    private volatile boolean broken;

    List<AnswerRecord> records() {
        return records;
    }

    /** Nothing gets to the disk before the latch is down. */
    void slow(CountDownLatch latch) {
        disk = latch;
    }

    void breakDisk() {
        broken = true;
    }

    @Override
    public String id() {
        return "scripted";
    }

    @Override
    public ChainPlace append(AnswerRecord answer) {
        try {
            disk.await();
        } catch (InterruptedException e) {
            throw new OpenClawException(ErrorCode.CANCELED, "interrupted", e);
        }
        if (broken) {
            throw new OpenClawException(ErrorCode.INTERNAL, "the disk is broken");
        }
        records.add(answer);
        return new ChainPlace(records.size() - 1L);
    }

    @Override
    public Optional<String> bundle(String id) {
        return records.stream()
                .filter(record ->
                        record.requestId().equals(id) || record.jobId().equals(Optional.of(id)))
                .findFirst()
                .map(record -> "{\"of\":\"" + id + "\"}");
    }

    @Override
    public BundleVerdict verify(String bundle, BundlePolicy policy) {
        LinkVerdict link = new LinkVerdict("local", LinkVerdict.State.FAILS, "a scripted chain checks nothing");
        return new BundleVerdict(List.of(link), Optional.empty(), AssuranceLevel.NONE, List.of("anything"));
    }

    @Override
    public ChainHead head() {
        return new ChainHead(records.size(), "00", "key", "a checkpoint");
    }
}
