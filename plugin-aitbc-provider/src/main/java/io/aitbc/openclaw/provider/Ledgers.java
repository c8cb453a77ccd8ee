package io.aitbc.openclaw.provider;

import io.aitbc.openclaw.api.PluginContext;
import io.aitbc.openclaw.provider.ledger.Ledger;

/** The ledger of the plugin, one for all of its extensions, so that its journal is replayed once. */
record Ledgers(Ledger ledger) implements AutoCloseable {
    private static final String FILE = "spending.jsonl";

    static Ledger open(PluginContext context, AitbcSettings settings) {
        return context.shared(
                        Ledgers.class,
                        () -> new Ledgers(
                                Ledger.open(context.dataDirectory().resolve(FILE), settings.limits(), context.clock())))
                .ledger();
    }

    /** A ledger holds its file during each access only. */
    @Override
    public void close() {}
}
