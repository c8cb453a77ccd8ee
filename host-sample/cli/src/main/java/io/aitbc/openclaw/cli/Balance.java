package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.ChainStatus;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.api.network.PaymentAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an account has and may spend.
 *
 * @param network of the account's name, when one is loaded
 */
record Balance(PaymentAccount account, Optional<NetworkStatus> network) {
    boolean known() {
        return coins().isPresent();
    }

    private Optional<ChainStatus> chain() {
        return network.flatMap(NetworkStatus::chain);
    }

    private Optional<TokenAmount> coins() {
        return chain().flatMap(ChainStatus::balance);
    }

    private String problem() {
        return network.flatMap(NetworkStatus::problem)
                .orElse(
                        network.isEmpty()
                                ? "no network of this account is loaded"
                                : "the plugin knows no chain: set plugins.aitbc-provider.chain-url");
    }

    static TokenAmount left(PaymentAccount account) {
        TokenAmount day = account.limits().perDay();
        TokenAmount spent = account.spentToday();
        return day.compareTo(spent) > 0 ? day.minus(spent) : TokenAmount.zero(day.rail());
    }

    void write(ObjectNode node) {
        node.put("account", account.id())
                .put("unit", account.rail().symbol())
                .put("address", network.flatMap(NetworkStatus::account).orElse(null))
                .put("chain", chain().map(ChainStatus::endpoint).orElse(null))
                .put("test", network.map(NetworkStatus::test).orElse(false))
                .put("balance", coins().map(Balance::text).orElse(null))
                .put("spentToday", text(account.spentToday()))
                .put("leftToday", text(left(account)))
                .put("perDay", text(account.limits().perDay()))
                .put("perJob", text(account.limits().perJob()));
        if (!known()) {
            node.put("problem", problem());
        }
    }

    private static String text(TokenAmount amount) {
        return amount.coins().toPlainString();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(row("account", account.id()));
        lines.add(row("address", network.flatMap(NetworkStatus::account).orElse("none")));
        lines.add(row(
                "balance",
                coins().map(TokenAmount::toString).orElseGet(() -> "unknown: " + problem())
                        + (network.map(NetworkStatus::test).orElse(false) ? " (test network, worth nothing)" : "")));
        chain().ifPresent(chain -> lines.add(row("chain", chain.endpoint())));
        lines.add(row(
                "spent today",
                "%s of %s".formatted(account.spentToday(), account.limits().perDay())));
        lines.add(row("left today", left(account).toString()));
        lines.add(row("most a job", account.limits().perJob().toString()));
        return lines;
    }

    private static String row(String name, String value) {
        return "%-12s%s".formatted(name, value);
    }
}
