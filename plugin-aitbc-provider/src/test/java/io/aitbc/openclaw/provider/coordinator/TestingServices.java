package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.provider.ScriptedHttp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;

/** The clients of a scripted coordinator. */
public final class TestingServices {
    static final String KEY = "0xabababababababababababababababababababababababababababababababab";

    private TestingServices() {}

    /** For services that ask nobody who they are. */
    public static CoordinatorServices anonymous(ScriptedHttp service) {
        return of(service, new Account(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    static void login(ScriptedHttp coordinator) {
        login(coordinator, "token-1");
    }

    static void login(ScriptedHttp coordinator, String token) {
        coordinator.answer("POST /v1/auth/nonce", 200, "{\"nonce\":\"otpw_vrOqFUtZuDDRJs-JA\"}");
        coordinator.answer("POST /v1/login", 200, "{\"session_token\":\"%s\"}".formatted(token));
    }

    static CoordinatorServices of(ScriptedHttp coordinator) {
        return of(
                coordinator, new Account(Optional.of(Wallet.of(KEY)), Optional.empty(), Optional.of(Profile.CURRENT)));
    }

    static CoordinatorServices of(ScriptedHttp coordinator, Account account) {
        return of(coordinator, account, Pace.LEARNED, Duration.ofMillis(100));
    }

    static CoordinatorServices of(ScriptedHttp coordinator, Account account, Pace pace, Duration settle) {
        BaseUrl url = BaseUrl.of("test", coordinator.url());
        return new CoordinatorServices(
                new CoordinatorServices.Settings(url, url, account, pace, settle, false),
                InstantSource.system(),
                new Random(20261125));
    }
}
