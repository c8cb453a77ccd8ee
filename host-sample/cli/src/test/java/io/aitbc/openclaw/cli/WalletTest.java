package io.aitbc.openclaw.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.Rail;
import io.aitbc.openclaw.api.TokenAmount;
import io.aitbc.openclaw.api.network.ChainStatus;
import io.aitbc.openclaw.api.network.NetworkStatus;
import io.aitbc.openclaw.api.network.PaymentAccount;
import io.aitbc.openclaw.api.network.PaymentRecord;
import io.aitbc.openclaw.api.network.PaymentRecord.State;
import io.aitbc.openclaw.api.network.SpendingLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class WalletTest {
    private static final PaymentAccount ACCOUNT = new PaymentAccount() {
        @Override
        public String id() {
            return "aitbc";
        }

        @Override
        public Rail rail() {
            return Rail.AITBC;
        }

        @Override
        public SpendingLimits limits() {
            return new SpendingLimits(ait("0.1"), ait("1"));
        }

        @Override
        public TokenAmount spentToday() {
            return ait("0.25");
        }

        @Override
        public List<PaymentRecord> history(int limit) {
            return List.of();
        }

        @Override
        public List<PaymentRecord> all() {
            return List.of();
        }
    };

    private static TokenAmount ait(String coins) {
        return TokenAmount.parse(coins, Rail.AITBC);
    }

    private static NetworkStatus network(Optional<ChainStatus> chain, Optional<String> problem) {
        return new NetworkStatus("http://hub", true, Optional.of("0xab"), problem, true, Optional.empty(), chain);
    }

    @Test
    void a_balance_is_decimal_text_with_its_address_and_limits() {
        Balance balance = new Balance(
                ACCOUNT,
                Optional.of(network(
                        Optional.of(new ChainStatus("http://node", 7, Optional.empty(), Optional.of(ait("12.5")))),
                        Optional.empty())));
        ObjectNode node = new Json().object();
        balance.write(node);

        assertThat(balance.known()).isTrue();
        assertThat(node.toString())
                .isEqualTo(
                        "{\"account\":\"aitbc\",\"unit\":\"AIT\",\"address\":\"0xab\",\"chain\":\"http://node\",\"test\":true,"
                                + "\"balance\":\"12.5\",\"spentToday\":\"0.25\",\"leftToday\":\"0.75\",\"perDay\":\"1\",\"perJob\":\"0.1\"}");
        assertThat(balance.lines()).anySatisfy(line -> assertThat(line).contains("12.5 AIT", "worth nothing"));
    }

    @Test
    void a_balance_nobody_can_read_says_why() {
        Balance away = new Balance(
                ACCOUNT, Optional.of(network(Optional.empty(), Optional.of("no connection to http://node/rpc/head"))));
        Balance chainless = new Balance(ACCOUNT, Optional.of(network(Optional.empty(), Optional.empty())));
        ObjectNode node = new Json().object();
        away.write(node);

        assertThat(away.known()).isFalse();
        assertThat(node.path("balance").isNull()).isTrue();
        assertThat(node.path("problem").asString()).contains("/rpc/head");
        assertThat(chainless.lines()).anySatisfy(line -> assertThat(line).contains("unknown", "chain-url"));
    }

    @Test
    void an_export_has_one_line_for_each_payment_and_no_formulas() {
        PaymentRecord payment = new PaymentRecord(
                "oc-1",
                Optional.of("job1"),
                ait("0.02"),
                State.SETTLED,
                Instant.parse("2026-11-22T12:00:00Z"),
                "=SUM(A1), \"so\"\nthere");

        assertThat(PaymentCsv.lines(List.of(payment)))
                .containsExactly(
                        "reference,job,amount,unit,state,updated_at,note",
                        "oc-1,job1,0.02,AIT,SETTLED,2026-11-22T12:00:00Z,\"'=SUM(A1), \"\"so\"\" there\"");
    }

    @Test
    void a_format_nobody_knows_and_a_folder_that_is_not_there_are_told(@TempDir Path folder) throws Exception {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Map<String, String> environment = Map.of("XDG_CONFIG_HOME", folder.toString());
        String data = folder.resolve("data").toString();

        CommandRun format = CommandRun.of(
                environment, "wallet", "export", "--format", "xml", "--data", data, "--plugins", plugins.toString());
        CommandRun missing = CommandRun.of(
                environment, "wallet", "export", "--data", data, "--plugins", folder + "/nosuch", "--aitbc", "off");

        assertThat(format.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(missing.exitCode()).isNotZero();
        assertThat(missing.err()).contains("nosuch", "command line", "--plugins");
    }
}
