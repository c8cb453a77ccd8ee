package io.aitbc.openclaw.contract;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipt;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.api.proof.WorkVerdict;
import java.util.Optional;

/** Signs by writing the work down, and believes what is written. */
public final class ScriptedWorkReceipts implements WorkReceipts {
    public static final String KEY = "a".repeat(64);

    private final boolean broken;

    private ScriptedWorkReceipts(boolean broken) {
        this.broken = broken;
    }

    public static ScriptedWorkReceipts working() {
        return new ScriptedWorkReceipts(false);
    }

    /** Without a key: everything fails. */
    public static ScriptedWorkReceipts broken() {
        return new ScriptedWorkReceipts(true);
    }

    @Override
    public String id() {
        return "scripted";
    }

    @Override
    public String keyId() {
        requireKey();
        return KEY;
    }

    /** What a receipt of this work looks like. */
    public static String receipt(Work work) {
        return String.join(
                "|",
                work.jobId(),
                work.prompt(),
                work.output(),
                work.price().units().toString());
    }

    @Override
    public String sign(Work work) {
        requireKey();
        return receipt(work);
    }

    @Override
    public WorkVerdict check(String receipt, Work work) {
        requireKey();
        return receipt.equals(receipt(work))
                ? new WorkVerdict(
                        Optional.of(new WorkReceipt(receipt, KEY, "1".repeat(64), "2".repeat(64))), "as written")
                : new WorkVerdict(Optional.empty(), "something else was written");
    }

    private void requireKey() {
        if (broken) {
            throw new OpenClawException(ErrorCode.INTERNAL, "there is no key");
        }
    }
}
