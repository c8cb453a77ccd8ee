package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.provider.ledger.Ledger;

/** Where the ledger lies. */
final class Ledgers {
    private static final String FILE = "spending.jsonl";

    private Ledgers() {}

    static Ledger open(PluginContext context, AitbcSettings settings) {
        return Ledger.open(context.dataDirectory().resolve(FILE), settings.limits(), context.clock());
    }
}
