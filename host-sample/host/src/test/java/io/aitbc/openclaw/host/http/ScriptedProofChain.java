package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.AssuranceLevel;
import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.AnswerRecord;
import io.aitbc.openclaw.api.proof.BundlePolicy;
import io.aitbc.openclaw.api.proof.BundleVerdict;
import io.aitbc.openclaw.api.proof.ChainHead;
import io.aitbc.openclaw.api.proof.ChainPlace;
import io.aitbc.openclaw.api.proof.ChainRecord;
import io.aitbc.openclaw.api.proof.ConsistencyProof;
import io.aitbc.openclaw.api.proof.LinkVerdict;
import io.aitbc.openclaw.api.proof.ProofChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Keeps records in memory; a test may make its disk slow or broken. */
public final class ScriptedProofChain implements ProofChain {
    private final List<AnswerRecord> records = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch disk = new CountDownLatch(0);
    private volatile Optional<ErrorCode> broken = Optional.empty();

    /** Without records. */
    public ScriptedProofChain() {}

    public List<AnswerRecord> records() {
        return records;
    }

    /** Nothing gets to the disk before the latch is down. */
    void slow(CountDownLatch latch) {
        disk = latch;
    }

    void breakDisk() {
        fail(ErrorCode.INTERNAL);
    }

    void fail(ErrorCode code) {
        broken = Optional.of(code);
    }

    void mend() {
        broken = Optional.empty();
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
        broken.ifPresent(code -> {
            throw new OpenClawException(code, "the disk is broken");
        });
        records.add(answer);
        return new ChainPlace(records.size() - 1L);
    }

    @Override
    public Optional<String> bundle(String id, OptionalLong since) {
        String suffix = since.isPresent() ? "\",\"since\":\"" + since.getAsLong() : "";
        return records.stream()
                .filter(record ->
                        record.requestId().equals(id) || record.jobId().equals(Optional.of(id)))
                .findFirst()
                .map(record -> "{\"of\":\"" + id + suffix + "\"}");
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

    @Override
    public List<ChainRecord> records(long first, int most) {
        List<ChainRecord> list = new ArrayList<>();
        for (int i = (int) first; i < records.size() && list.size() < most; i++) {
            list.add(ChainRecord.of(i, records.get(i)));
        }
        return list;
    }

    /** Its checkpoints are its first requests. */
    @Override
    public ConsistencyProof consistency(long since) {
        if (since > records.size()) {
            throw new OpenClawException(ErrorCode.INVALID_REQUEST, "it has only %d records".formatted(records.size()));
        }
        return new ConsistencyProof(checkpoint((int) since), List.of(), head());
    }

    private String checkpoint(int size) {
        return records.subList(0, size).stream().map(AnswerRecord::requestId).collect(Collectors.joining(" "));
    }

    @Override
    public LinkVerdict verify(String keptCheckpoint, ConsistencyProof proof) {
        return keptCheckpoint.equals(proof.earlier())
                ? new LinkVerdict("consistency", LinkVerdict.State.HOLDS, "it only grew")
                : new LinkVerdict("consistency", LinkVerdict.State.FAILS, "it was forked");
    }

    /** Another log takes the place of this one. */
    public void replace(List<AnswerRecord> others) {
        records.clear();
        records.addAll(others);
    }
}
