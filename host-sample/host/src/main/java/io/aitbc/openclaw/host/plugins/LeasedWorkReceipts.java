package io.aitbc.openclaw.host.plugins;

import io.aitbc.openclaw.api.proof.Work;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.api.proof.WorkVerdict;

final class LeasedWorkReceipts extends LeasedExtension<WorkReceipts> implements WorkReceipts {
    LeasedWorkReceipts(PluginSlot slot, String id) {
        super(slot, new ExtensionKey<>(WorkReceipts.class, id));
    }

    @Override
    public String keyId() {
        return call("keyId", WorkReceipts::keyId);
    }

    @Override
    public String sign(Work work) {
        return call("sign", receipts -> receipts.sign(work));
    }

    @Override
    public WorkVerdict check(String receipt, Work work) {
        return call("check", receipts -> receipts.check(receipt, work));
    }
}
