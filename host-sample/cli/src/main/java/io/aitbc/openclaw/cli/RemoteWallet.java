package io.aitbc.openclaw.cli;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.ChainStatus;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.SpendingLimits;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The wallet of a host that runs. */
final class RemoteWallet implements Wallet {
    private static final String NEWEST = "payments?limit=";
    private static final String ALL = "payments/all";

    private final HostClient host;

    RemoteWallet(HostClient host) {
        this.host = host;
    }

    @Override
    public List<PaymentAccount> accounts() {
        return get(NEWEST + 1)
                .path("accounts")
                .valueStream()
                .<PaymentAccount>map(Account::new)
                .toList();
    }

    @Override
    public Optional<NetworkStatus> network(String accountId) {
        return get("networks")
                .path("networks")
                .valueStream()
                .filter(row -> row.path("network").asString("").equals(accountId))
                .findFirst()
                .map(RemoteWallet::status);
    }

    private static NetworkStatus status(JsonNode row) {
        JsonNode chain = row.path("chain");
        return new NetworkStatus(
                row.path("endpoint").asString(""),
                row.path("reachable").asBoolean(false),
                row.path("account").stringValueOpt(),
                row.path("problem").stringValueOpt(),
                row.path("test").asBoolean(false),
                row.path("protocol").stringValueOpt(),
                chain.isObject() ? Optional.of(chain(chain)) : Optional.empty());
    }

    private static ChainStatus chain(JsonNode row) {
        JsonNode balance = row.path("balance");
        return new ChainStatus(
                row.path("endpoint").asString(""),
                row.path("height").asLong(0),
                row.path("at").stringValueOpt().map(RemoteWallet::time),
                balance.isObject()
                        ? Optional.of(amount(balance, rail(balance.path("unit").asString(""))))
                        : Optional.empty());
    }

    private static Rail rail(String symbolOrName) {
        for (Rail rail : Rail.values()) {
            if (rail.symbol().equals(symbolOrName) || rail.name().equals(symbolOrName)) {
                return rail;
            }
        }
        throw strange("money of an unknown kind");
    }

    private static TokenAmount amount(JsonNode row, Rail rail) {
        try {
            return TokenAmount.parse(row.path("amount").asString(""), rail);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw strange("an amount that is none");
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw strange("a time that is none");
        }
    }

    private static CommandFailure strange(String what) {
        return new CommandFailure(
                ExitCode.FAILED, "The running host answered with %s: is it of another version?".formatted(what));
    }

    private JsonNode get(String path) {
        try {
            return host.get(path);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "Waiting for the running host was interrupted");
        }
    }

    @Override
    public void close() {
        host.close();
    }

    private final class Account implements PaymentAccount {
        private final JsonNode row;

        Account(JsonNode row) {
            this.row = row;
        }

        @Override
        public String id() {
            return row.path("account").asString("");
        }

        @Override
        public Rail rail() {
            return RemoteWallet.rail(row.path("rail").asString(""));
        }

        @Override
        public SpendingLimits limits() {
            return new SpendingLimits(
                    amount(row.path("limit_per_job"), rail()), amount(row.path("limit_per_day"), rail()));
        }

        @Override
        public TokenAmount spentToday() {
            return amount(row.path("spent_today"), rail());
        }

        @Override
        public List<PaymentRecord> history(int limit) {
            return payments(NEWEST + limit);
        }

        @Override
        public List<PaymentRecord> all() {
            return payments(ALL);
        }

        private List<PaymentRecord> payments(String path) {
            return get(path)
                    .path("accounts")
                    .valueStream()
                    .filter(account -> account.path("account").asString("").equals(id()))
                    .flatMap(account -> account.path("payments").valueStream())
                    .map(this::payment)
                    .toList();
        }

        private PaymentRecord payment(JsonNode payment) {
            return new PaymentRecord(
                    payment.path("reference").asString(""),
                    payment.path("job").stringValueOpt(),
                    amount(payment.path("amount"), rail()),
                    state(payment.path("state").asString("")),
                    time(payment.path("updated_at").asString("")),
                    payment.path("note").asString(""));
        }

        private static PaymentRecord.State state(String name) {
            for (PaymentRecord.State state : PaymentRecord.State.values()) {
                if (state.name().equals(name)) {
                    return state;
                }
            }
            throw strange("a payment in an unknown state");
        }
    }
}
