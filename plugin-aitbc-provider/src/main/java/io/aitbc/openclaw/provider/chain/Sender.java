package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import io.aitbc.openclaw.provider.coordinator.CallScope;
import io.aitbc.openclaw.provider.coordinator.Wallet;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends coins of one account. A chain like this takes one transfer of an account at a time, and what a node tells of an
 * account may be 30 seconds old, so transfers follow each other: each is in a block before the next one is made.
 */
public final class Sender {
    private static final Pattern EXPECTED = Pattern.compile("expected (\\d{1,18}), got (\\d{1,18})");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final ChainClient chain;
    private final Wallet wallet;
    private final String chainId;
    private final ReentrantLock lock = new ReentrantLock();
    private OptionalLong next = OptionalLong.empty();

    /** @param chainId as the operator of the network states it: it is part of what is signed */
    public Sender(ChainClient chain, Wallet wallet, String chainId) {
        this.chain = chain;
        this.wallet = wallet;
        this.chainId = chainId;
    }

    /**
     * Sends coins once and waits until they have arrived.
     *
     * @param amount base units
     * @param payload published with it
     * @param patience for the block
     * @throws OpenClawException PROVIDER_FAILED when the chain refuses it; UNREACHABLE or JOB_EXPIRED when it may arrive later
     */
    public ChainTransaction send(
            ChainAddress to, long amount, Map<String, String> payload, Duration patience, CallScope scope) {
        lock.lock();
        try {
            long end = System.nanoTime() + patience.toNanos();
            Transfer transfer = transfer(to, amount, payload, scope);
            String hash;
            try {
                hash = chain.submit(transfer, wallet, scope);
            } catch (OpenClawException e) {
                OptionalLong expected = expected(e, transfer.nonce());
                if (expected.isEmpty()) {
                    throw e;
                }
                // A repeated submission is refused like this when its first copy is in a block already.
                Optional<ChainTransaction> done = find(transfer, scope);
                if (done.isPresent()) {
                    return arrived(done.get(), transfer);
                }
                transfer = transfer.withNonce(expected.getAsLong());
                hash = chain.submit(transfer, wallet, scope);
            }
            return arrived(await(hash, transfer, end, scope), transfer);
        } finally {
            lock.unlock();
        }
    }

    private Transfer transfer(ChainAddress to, long amount, Map<String, String> payload, CallScope scope) {
        ChainAddress from = new ChainAddress(wallet.address());
        ChainAccount account = chain.account(from, scope)
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.PROVIDER_FAILED, "The AITBC chain does not know the account " + from));
        long nonce = Math.max(account.nonce(), next.orElse(0));
        return new Transfer(from, to, amount, Transfer.DEFAULT_FEE, nonce, payload, chainId);
    }

    /** A nonce that is too low is told; the transfer with it was not taken. */
    private static OptionalLong expected(OpenClawException refusal, long used) {
        Matcher matcher = EXPECTED.matcher(String.valueOf(refusal.getMessage()));
        if (!matcher.find() || Long.parseLong(matcher.group(1)) <= used) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(matcher.group(1)));
    }

    private Optional<ChainTransaction> find(Transfer transfer, CallScope scope) {
        return chain.transactions(TransactionQuery.of(transfer.from()), scope).stream()
                .filter(transaction -> transaction.is(transfer))
                .findFirst();
    }

    private ChainTransaction await(String hash, Transfer transfer, long end, CallScope scope) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            Optional<ChainTransaction> done = chain.transaction(hash, scope);
            if (done.isPresent()) {
                return done.get();
            }
            if (System.nanoTime() - end >= 0) {
                throw new OpenClawException(
                        ErrorCode.JOB_EXPIRED,
                        "The AITBC transaction %s with nonce %d is in no block yet".formatted(hash, transfer.nonce()));
            }
            scope.pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private ChainTransaction arrived(ChainTransaction transaction, Transfer transfer) {
        next = OptionalLong.of(transfer.nonce() + 1);
        return transaction;
    }
}
