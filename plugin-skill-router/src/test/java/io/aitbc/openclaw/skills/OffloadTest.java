package io.aitbc.openclaw.skills;

import static org.assertj.core.api.Assertions.assertThat;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.inference.Capability;
import io.aitbc.openclaw.api.inference.ChatMessage;
import io.aitbc.openclaw.api.inference.ChatRequest;
import io.aitbc.openclaw.api.inference.GenerationOptions;
import io.aitbc.openclaw.api.inference.RequestContext;
import io.aitbc.openclaw.api.inference.Role;
import io.aitbc.openclaw.api.inference.RouteCandidate;
import io.aitbc.openclaw.api.inference.RouteDecision;
import io.aitbc.openclaw.api.inference.RoutePlan;
import io.aitbc.openclaw.api.inference.RouteStrategy;
import io.aitbc.openclaw.contract.Answers;
import io.aitbc.openclaw.contract.Failures;
import io.aitbc.openclaw.contract.Models;
import io.aitbc.openclaw.contract.ScriptedEngine;
import io.aitbc.openclaw.contract.ScriptedStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OffloadTest {
    @Test
    void explicit_keeps_a_local_name_local_even_when_all_engines_fail() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.here.refuses(ErrorCode.PROVIDER_FAILED, "broken");
            fixture.there.refuses(ErrorCode.OVERLOADED, "server busy");
            Failures.assertFails(ErrorCode.PROVIDER_FAILED, () -> fixture.chat("m"));
            assertThat(fixture.aitbc.asked()).isEmpty();
        }
    }

    @Test
    void explicit_names_the_network_model_that_would_do() {
        try (RouterFixture fixture = new RouterFixture()) {
            assertThat(Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, () -> fixture.chat("far")))
                    .hasMessage("model 'far' not found; a network has it: ask for 'aitbc/far:latest'");
        }
    }

    @Test
    void explicit_asks_the_network_by_namespace_by_miner_and_by_suffix() {
        try (RouterFixture fixture = new RouterFixture()) {
            assertThat(fixture.route("aitbc/m").model()).isEqualTo("aitbc/m:latest");
            assertThat(fixture.route("miner-7/m:latest").model()).isEqualTo("miner-7/m:latest");
            RouteDecision pinned = fixture.route("m:latest@miner-7");
            assertThat(pinned.provider()).isEqualTo("aitbc");
            assertThat(pinned.model()).isEqualTo("miner-7/m:latest");
            assertThat(pinned.strategy()).isEqualTo(RouteStrategy.AITBC);
            assertThat(pinned.reason()).isEqualTo("asked for by name: aitbc, at most 0.01 AIT");
        }
    }

    @Test
    void off_never_asks_a_network_and_says_so() {
        try (RouterFixture fixture = new RouterFixture("offload", "off")) {
            for (String name : new String[] {"aitbc/m", "far", "m@miner-7"}) {
                assertThat(Failures.assertFails(ErrorCode.MODEL_NOT_FOUND, () -> fixture.chat(name)))
                        .hasMessage("model '%s' not found; a network has it, but plugins.skill-router.offload is off"
                                .formatted(name));
            }
            assertThat(fixture.aitbc.asked()).isEmpty();
        }
    }

    @Test
    void auto_is_local_first_and_keeps_the_network_as_the_way_out() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto")) {
            RouteDecision route = fixture.route("m");
            assertThat(route.provider()).isEqualTo("here");
            assertThat(route.strategy()).isEqualTo(RouteStrategy.HYBRID);
            assertThat(route.reason())
                    .isEqualTo("local first: here has m:latest; then there, then aitbc, at most 0.01 AIT");
            fixture.here.refuses(ErrorCode.PROVIDER_FAILED, "broken");
            fixture.there.refuses(ErrorCode.OVERLOADED, "server busy");
            RouteDecision second = fixture.route("m");
            assertThat(second.provider()).isEqualTo("aitbc");
            assertThat(second.failedAttempts()).containsExactly("here: broken", "there: server busy");
        }
    }

    @Test
    void auto_takes_the_network_for_a_model_that_is_only_there() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto")) {
            RouteDecision route = fixture.route("far");
            assertThat(route.model()).isEqualTo("aitbc/far:latest");
            assertThat(route.strategy()).isEqualTo(RouteStrategy.AITBC);
            assertThat(route.reason()).isEqualTo("not here: aitbc, at most 0.01 AIT");
        }
    }

    @Test
    void auto_takes_the_network_when_the_model_does_not_fit_at_this_context() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto")) {
            fixture.extensions.remove(fixture.there);
            fixture.here.hasMemory(10_000, 1);
            assertThat(fixture.route("m").provider()).isEqualTo("here");
            RouteDecision route = Answers.finished(Answers.drain(fixture.router.chat(RouterFixture.request(
                            "m", GenerationOptions.of("num_ctx", 8192L), RequestContext.of("test")))))
                    .route()
                    .orElseThrow();
            assertThat(route.provider()).isEqualTo("aitbc");
            assertThat(route.reason())
                    .isEqualTo("here: m:latest needs 9.9 KiB of memory at num_ctx 8192, 9.8 KiB allowed; "
                            + "aitbc, at most 0.01 AIT instead");
        }
    }

    @Test
    void memory_may_be_capped_below_what_the_engine_has() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto", "max-local-memory", "5000")) {
            fixture.extensions.remove(fixture.there);
            assertThat(fixture.route("m").provider()).isEqualTo("aitbc");
        }
    }

    @Test
    void model_that_does_not_fit_is_asked_anyway_when_nobody_else_has_it() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.extensions.remove(fixture.there);
            fixture.here.hasMemory(100, 1);
            assertThat(fixture.route("m").provider()).isEqualTo("here");
            RoutePlan plan = fixture.router.plan(Queries.of(RouterFixture.request("m")));
            assertThat(plan.reason())
                    .isEqualTo("here has it but needs 5.5 KiB of memory, 100 bytes allowed; nobody else can do better");
        }
    }

    @Test
    void engine_with_enough_memory_goes_first_in_the_plan_and_in_the_run() {
        try (RouterFixture fixture = new RouterFixture()) {
            fixture.here.hasMemory(100, 1);
            assertThat(fixture.route("m").provider()).isEqualTo("there");
            assertThat(fixture.router
                            .plan(Queries.of(RouterFixture.request("m")))
                            .candidates()
                            .getFirst()
                            .provider())
                    .isEqualTo("there");
        }
    }

    @Test
    void engine_that_can_do_what_the_request_needs_goes_first() {
        try (RouterFixture fixture = new RouterFixture()) {
            ScriptedEngine seeing = new ScriptedEngine(
                    "seeing", Models.local("seeing", "m:latest", Capability.COMPLETION, Capability.VISION));
            fixture.extensions.add(seeing);
            ChatRequest request = RouterFixture.request("m");
            ChatMessage image = new ChatMessage(
                    Role.USER,
                    "what is it",
                    Optional.empty(),
                    List.of("aGVsbG8="),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
            ChatRequest withImage =
                    new ChatRequest("m", List.of(image), List.of(), request.settings(), request.context());
            RouteDecision route = Answers.finished(Answers.drain(fixture.router.chat(withImage)))
                    .route()
                    .orElseThrow();
            assertThat(route.provider()).isEqualTo("seeing");
            assertThat(fixture.router.plan(Queries.of(withImage)).candidates())
                    .filteredOn(candidate -> !candidate.eligible())
                    .extracting(RouteCandidate::note)
                    .containsOnly("does not support vision");
        }
    }

    @Test
    void auto_answers_locally_when_the_named_network_fails() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto")) {
            fixture.aitbc.answers(ScriptedStream.waiting("QUEUED"), ScriptedStream.fail(ErrorCode.JOB_EXPIRED, "late"));
            RouteDecision route = fixture.route("aitbc/m");
            assertThat(route.provider()).isEqualTo("here");
            assertThat(route.model()).isEqualTo("m:latest");
            assertThat(route.failedAttempts()).containsExactly("aitbc: late");
            assertThat(fixture.aitbc.asked()).as("never paid twice").hasSize(1);
        }
    }

    @Test
    void who_names_the_network_learns_that_the_money_is_used_up() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto")) {
            fixture.aitbc.refuses(ErrorCode.BUDGET_EXHAUSTED, "daily budget exhausted");
            assertThat(Failures.assertFails(ErrorCode.BUDGET_EXHAUSTED, () -> fixture.chat("aitbc/m")))
                    .hasMessage("daily budget exhausted");
            assertThat(fixture.here.asked()).isEmpty();
            Failures.assertFails(
                    ErrorCode.PRICE_ABOVE_CAP,
                    () -> Answers.drain(fixture.router.chat(
                            RouterFixture.request("aitbc/m", GenerationOptions.none(), RouterFixture.atMost(35)))));
        }
    }

    @Test
    void who_names_a_miner_gets_no_other() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto")) {
            fixture.aitbc.refuses(ErrorCode.OVERLOADED, "queue is full");
            Failures.assertFails(ErrorCode.OVERLOADED, () -> fixture.chat("m:latest@miner-7"));
            Failures.assertFails(ErrorCode.OVERLOADED, () -> fixture.chat("miner-7/m"));
            assertThat(fixture.here.asked()).isEmpty();
        }
    }

    @Test
    void busy_engine_and_empty_purse_are_told_in_one_line() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto")) {
            fixture.extensions.remove(fixture.there);
            fixture.here.refuses(ErrorCode.OVERLOADED, "server busy");
            fixture.aitbc.refuses(ErrorCode.BUDGET_EXHAUSTED, "daily budget exhausted");
            assertThat(Failures.assertFails(ErrorCode.OVERLOADED, () -> fixture.chat("m")))
                    .hasMessage("here: server busy; aitbc: daily budget exhausted");
        }
    }

    @Test
    void local_only_prompt_stays_whatever_the_policy() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto")) {
            fixture.here.refuses(ErrorCode.PROVIDER_FAILED, "broken");
            fixture.there.refuses(ErrorCode.PROVIDER_FAILED, "broken too");
            for (String name : new String[] {"m", "far", "aitbc/m", "m@miner-7"}) {
                Failures.failureOf(() -> Answers.drain(fixture.router.chat(
                        RouterFixture.request(name, GenerationOptions.none(), RouterFixture.localOnly()))));
            }
            assertThat(fixture.aitbc.asked()).isEmpty();
        }
    }

    @Test
    void local_name_with_a_slash_is_local() {
        try (RouterFixture fixture = new RouterFixture("offload", "auto")) {
            fixture.extensions.add(
                    new ScriptedEngine("hub", Models.local("hub", "hf.co/org/m:q4", Capability.COMPLETION)));
            assertThat(fixture.route("hf.co/org/m:q4").provider()).isEqualTo("hub");
        }
    }
}
