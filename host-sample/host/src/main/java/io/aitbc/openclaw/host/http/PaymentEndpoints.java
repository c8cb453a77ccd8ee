package io.aitbc.openclaw.host.http;

import io.aitbc.openclaw.api.Extensions;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.host.http.answer.ApiFailure;
import io.aitbc.openclaw.host.http.json.GoTime;
import io.aitbc.openclaw.host.http.json.JsonOutput;
import io.aitbc.openclaw.host.http.wire.Exchange;
import io.aitbc.openclaw.host.http.wire.Routes;
import java.util.List;
import java.util.function.Function;

/** What was spent, and what may be. */
final class PaymentEndpoints {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final Extensions extensions;

    PaymentEndpoints(Extensions extensions) {
        this.extensions = extensions;
    }

    void addTo(Routes routes, String base) {
        routes.add("GET", base + "payments", Routes.Style.OLLAMA, this::newest);
        routes.add("GET", base + "payments/all", Routes.Style.OLLAMA, this::all);
    }

    private void newest(Exchange exchange) {
        int limit = exchange.query("limit").map(PaymentEndpoints::limit).orElse(USUAL);
        send(exchange, account -> account.history(limit));
    }

    private static int limit(String text) {
        if (text.matches("[1-9]\\d{0,3}") && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw new ApiFailure(400, "limit must be 1 to " + MOST);
    }

    private void all(Exchange exchange) {
        send(exchange, PaymentAccount::all);
    }

    private void send(Exchange exchange, Function<PaymentAccount, List<PaymentRecord>> payments) {
        JsonOutput out = new JsonOutput();
        out.startObject().startArray("accounts");
        for (PaymentAccount account : extensions.all(PaymentAccount.class)) {
            account(out, account, payments.apply(account));
        }
        out.endArray().endObject();
        exchange.send(200, Exchange.JSON, out.array(), out.length());
    }

    private static void account(JsonOutput out, PaymentAccount account, List<PaymentRecord> payments) {
        out.startObject()
                .field("account", account.id())
                .field("rail", account.rail().name());
        OpenClawApi.amount(out, "spent_today", account.spentToday());
        OpenClawApi.amount(out, "limit_per_day", account.limits().perDay());
        OpenClawApi.amount(out, "limit_per_job", account.limits().perJob());
        out.startArray("payments");
        for (PaymentRecord payment : payments) {
            out.startObject().field("reference", payment.reference());
            payment.jobId().ifPresent(job -> out.field("job", job));
            OpenClawApi.amount(out, "amount", payment.amount());
            out.field("state", payment.state().name())
                    .field("updated_at", GoTime.text(payment.updatedAt()))
                    .field("note", payment.note())
                    .endObject();
        }
        out.endArray().endObject();
    }
}
