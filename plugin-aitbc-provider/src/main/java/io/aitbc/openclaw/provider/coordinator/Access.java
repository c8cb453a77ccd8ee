package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our access to one coordinator: which protocol it speaks, found out once, and what it wants to see. */
final class Access {
    private static final Logger log = LoggerFactory.getLogger(Access.class);

    private final Account account;
    private final Session session;
    private final ProfileProbe probe;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Profile found;

    Access(Account account, Session session, ProfileProbe probe) {
        this.account = account;
        this.session = session;
        this.probe = probe;
    }

    /** What the next request shows; finds out the protocol and signs in where that is needed. */
    Credential credential(CallScope scope) throws TransportException {
        requireSomething();
        return switch (profile(scope)) {
            case CURRENT -> bearer(scope);
            case MARCH -> apiKey(scope);
        };
    }

    private Credential apiKey(CallScope scope) throws TransportException {
        if (account.apiKey().isPresent()) {
            return new Credential.ApiKey(account.apiKey().get());
        }
        try {
            // A proxy may have swallowed the challenge of a current coordinator.
            Credential token = bearer(scope);
            found = Profile.CURRENT;
            return token;
        } catch (OpenClawException e) {
            if (e.upstreamStatus().orElse(0) / 100 != 4 || e.code() == ErrorCode.OVERLOADED) {
                throw e;
            }
            throw new OpenClawException(
                    ErrorCode.MISSING_KEY,
                    "The AITBC coordinator speaks the protocol of March 2026, which wants an API key: set"
                            + " plugins.aitbc-provider.api-key, or profile = current if that is wrong");
        }
    }

    private void requireSomething() {
        if (account.wallet().isEmpty() && account.apiKey().isEmpty()) {
            throw new OpenClawException(
                    ErrorCode.MISSING_KEY,
                    "No AITBC wallet key: set plugins.aitbc-provider.wallet-key or wallet-key-file to use the network");
        }
    }

    private Credential bearer(CallScope scope) throws TransportException {
        try {
            return new Credential.Bearer(session.token(scope));
        } catch (OpenClawException e) {
            if (e.upstreamStatus().orElse(0) / 100 == 4 && e.code() != ErrorCode.OVERLOADED) {
                forget();
            }
            throw e;
        }
    }

    /** The protocol that is spoken; while that cannot be said, the current one is tried. */
    Profile profile(CallScope scope) throws TransportException {
        return spoken(scope).orElse(Profile.CURRENT);
    }

    private Optional<Profile> spoken(CallScope scope) throws TransportException {
        Profile known = account.profile().orElse(found);
        if (known != null) {
            return Optional.of(known);
        }
        lock.lock();
        try {
            known = found;
            if (known != null) {
                return Optional.of(known);
            }
            Optional<Profile> answer = probe.ask(scope);
            answer.ifPresent(profile -> {
                found = profile;
                log.atInfo().addKeyValue("profile", profile.wireName()).log("aitbc protocol found out");
            });
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether new work may be given to a coordinator that is shown this.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when it is too old by the operator's rules
     */
    void requireYoungEnough(Credential credential) {
        requireYoungEnough(credential.profile());
    }

    /**
     * Whether anything may be paid in this network, whoever gets it. Nobody is asked where no protocol is too old.
     *
     * @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when its coordinator is too old by the operator's rules; UNREACHABLE when the coordinator
     *     does not let that be seen
     */
    void requireYoungEnough(CallScope scope) throws TransportException {
        if (Profile.OLDEST.isOlderThan(account.lowest())) {
            requireYoungEnough(spoken(scope)
                    .orElseThrow(() -> new OpenClawException(
                            ErrorCode.UNREACHABLE,
                            "The AITBC coordinator answers with errors, so that its age cannot be seen, and none older than '%s' is used: nothing was paid; try again later"
                                    .formatted(account.lowest().wireName()))));
        }
    }

    private void requireYoungEnough(Profile spoken) {
        if (spoken.isOlderThan(account.lowest())) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    ("The AITBC coordinator speaks the protocol '%s', and none older than '%s' is used: no job was sent and"
                                    + " nothing was paid. Use a coordinator with newer software, or allow it with"
                                    + " plugins.aitbc-provider.lowest-profile = %1$s")
                            .formatted(spoken.wireName(), account.lowest().wireName()));
        }
    }

    /** After a credential was refused: a token is replaced, and nothing is done about a key. */
    void refused(Credential credential) {
        if (credential instanceof Credential.Bearer(String token)) {
            session.refused(token);
        }
    }

    /** After a new credential was refused too: perhaps the coordinator was exchanged for another one. */
    void forget() {
        found = null;
    }
}
