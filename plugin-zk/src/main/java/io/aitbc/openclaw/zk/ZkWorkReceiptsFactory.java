package io.aitbc.openclaw.zk;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.api.proof.WorkReceipts;
import io.aitbc.openclaw.api.proof.WorkReceiptsFactory;
import io.aitbc.openclaw.zk.work.KeyedWorkReceipts;
import java.security.SecureRandom;

/** Creates what signs and checks receipts of work. The key lies in the file {@code miner-receipt-key} and is made when it is first needed. */
public final class ZkWorkReceiptsFactory implements WorkReceiptsFactory {
    @Override
    public WorkReceipts create(PluginContext context) {
        return new KeyedWorkReceipts(context.dataDirectory().resolve("miner-receipt-key"), new SecureRandom());
    }
}
