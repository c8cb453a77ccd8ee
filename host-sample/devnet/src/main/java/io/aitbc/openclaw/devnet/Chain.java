package io.aitbc.openclaw.devnet;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AITBC chain as its node shows it: accounts with a balance and a nonce, signed transfers, escrow records. Amounts are
 * base units, 3600 to 1 AIT. Blocks are made when somebody looks and there is something to put into one.
 */
final class Chain {
    static final BigDecimal UNITS_PER_AIT = new BigDecimal(3600);

    private static final int MOST_ACCOUNTS = 100_000;

    /** Transactions that are kept; older ones are forgotten. */
    private static final int MOST_TRANSACTIONS = 50_000;

    /** How old what the node remembers of an account may be. */
    static final Duration STALE = Duration.ofSeconds(30);

    /** An account in base units. */
    record Account(String address, long balance, long nonce) {}

    /** A block without its transactions. */
    record Block(long height, String hash, Instant at, int transactions) {}

    /**
     * A transaction that was accepted.
     *
     * @param transfer as it was signed, without the signature
     */
    record Pending(String hash, ObjectNode transfer, Instant receivedAt) {}

    /** A refusal, in the words of the node. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Identifiers identifiers;
    private final InstantSource clock;
    private final String chainId;
    private final Duration blockTime;
    private final String settlement;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Pending> mempool = new LinkedHashMap<>();
    private final LinkedHashMap<String, ObjectNode> confirmed = new LinkedHashMap<>();
    private final Escrows escrows;
    private final Map<String, Shown> shown = new HashMap<>();
    private final QuirkBoard quirks;
    private Optional<Block> head = Optional.empty();
    private long transactionCount;

    /** An account as it was told, and when. */
    private record Shown(Optional<Account> account, Instant at) {}

    Chain(Identifiers identifiers, InstantSource clock, QuirkBoard quirks, String chainId, Duration blockTime) {
        this.quirks = quirks;
        this.escrows = new Escrows(this, identifiers, clock, quirks);
        this.identifiers = identifiers;
        this.clock = clock;
        this.chainId = chainId;
        this.blockTime = blockTime;
        this.settlement = "0x" + HexFormat.of().formatHex(identifiers.key("settlement"), 0, 20);
    }

    Escrows escrows() {
        return escrows;
    }

    String chainId() {
        return chainId;
    }

    /** @return whether it is new */
    boolean register(String address) {
        return locked(() -> {
            if (accounts.containsKey(address)) {
                return false;
            }
            if (accounts.size() >= MOST_ACCOUNTS) {
                throw new Refused("too many accounts");
            }
            accounts.put(address, new Account(address, 0, 0));
            return true;
        });
    }

    Optional<Account> account(String address) {
        return locked(() -> Optional.ofNullable(accounts.get(address)));
    }

    /** As {@link #account}, or as it was up to 30 s ago where the node keeps what it told. */
    Optional<Account> shownAccount(String address) {
        return locked(() -> {
            Optional<Account> fresh = Optional.ofNullable(accounts.get(address));
            if (!quirks.on(Quirk.ACCOUNT_CACHE) && !quirks.on(Quirk.AS_IS)) {
                return fresh;
            }
            Instant now = clock.instant();
            shown.values().removeIf(old -> Duration.between(old.at(), now).compareTo(STALE) >= 0);
            if (fresh.isEmpty() || shown.size() >= MOST_ACCOUNTS) {
                return fresh;
            }
            return shown.computeIfAbsent(address, name -> new Shown(fresh, now)).account();
        });
    }

    /** Makes money. */
    String mint(String address, long units) {
        return locked(() -> {
            register(address);
            credit(address, units);
            ObjectNode transfer = Json.object()
                    .put("from", settlement)
                    .put("to", address)
                    .put("amount", units)
                    .put("fee", 0)
                    .put("nonce", transactionCount)
                    .put("type", "FAUCET")
                    .put("chain_id", chainId);
            transfer.putObject("payload").put("amount", units);
            String hash = "0x" + identifiers.hex(32);
            seal(List.of(new Pending(hash, transfer, clock.instant())));
            return hash;
        });
    }

    /** Writes an offer into the chain, where clients of the direct path look for it. */
    void announce(String provider, ObjectNode offer) {
        locked(() -> {
            ObjectNode transfer = Json.object()
                    .put("from", provider)
                    .put("to", settlement)
                    .put("amount", 0)
                    .put("fee", 0)
                    .put("nonce", transactionCount)
                    .put("type", "MESSAGE")
                    .put("chain_id", chainId);
            ObjectNode payload = Json.object().put("action", "software_offer");
            payload.setAll(offer);
            transfer.set("payload", payload.put("amount", 0));
            seal(List.of(new Pending("0x" + identifiers.hex(32), transfer, clock.instant())));
            return transfer;
        });
    }

    private void credit(String address, long units) {
        Account account = accounts.getOrDefault(address, new Account(address, 0, 0));
        accounts.put(address, new Account(address, Math.addExact(account.balance(), units), account.nonce()));
    }

    /**
     * Accepts a signed transfer into the pool.
     *
     * @return its hash; the same one for the same transfer
     * @throws Refused with the reason
     */
    String submit(ObjectNode transaction) {
        return locked(() -> {
            Transfer transfer = Transfer.parse(transaction, chainId);
            String hash = transfer.hash();
            if (mempool.containsKey(hash) || confirmed.containsKey(hash)) {
                return hash;
            }
            checkFunds(transfer);
            mempool.put(hash, new Pending(hash, transfer.signed(), clock.instant()));
            return hash;
        });
    }

    private void checkFunds(Transfer transfer) {
        Account sender = accounts.getOrDefault(transfer.from(), new Account(transfer.from(), 0, 0));
        String who = "for sender '%s' on chain '%s'".formatted(transfer.from(), chainId);
        long needs = Math.addExact(transfer.amount(), transfer.fee());
        if (sender.balance() < needs) {
            throw new Refused("insufficient balance %s: has %d, needs %d".formatted(who, sender.balance(), needs));
        }
        if (sender.nonce() != transfer.nonce()) {
            throw new Refused("invalid nonce %s: expected %d, got %d".formatted(who, sender.nonce(), transfer.nonce()));
        }
    }

    /** Puts what waited for a block time into a block. */
    private void advance() {
        Instant due = clock.instant().minus(blockTime);
        List<Pending> ripe = mempool.values().stream()
                .filter(pending -> !pending.receivedAt().isAfter(due))
                .toList();
        if (!ripe.isEmpty()) {
            ripe.forEach(pending -> mempool.remove(pending.hash()));
            seal(ripe.stream().filter(this::apply).toList());
        }
    }

    /** Of two transfers with the same nonce only the first gets through; the other one is never heard of again. */
    private boolean apply(Pending pending) {
        Transfer transfer = Transfer.of(pending.transfer());
        try {
            checkFunds(transfer);
        } catch (Refused e) {
            return false;
        }
        Account sender = accounts.getOrDefault(transfer.from(), new Account(transfer.from(), 0, 0));
        long rest = sender.balance() - transfer.amount() - transfer.fee();
        accounts.put(sender.address(), new Account(sender.address(), rest, sender.nonce() + 1));
        credit(transfer.to(), transfer.amount());
        return true;
    }

    private void seal(List<Pending> transactions) {
        Instant now = clock.instant();
        long height = head.map(Block::height).orElse(0L) + 1;
        Block block = new Block(height, "0x" + identifiers.hex(32), now, transactions.size());
        head = Optional.of(block);
        for (Pending pending : transactions) {
            ObjectNode transfer = pending.transfer();
            ObjectNode view = Json.object()
                    .put("transaction_id", ++transactionCount)
                    .put("tx_hash", pending.hash())
                    .put("chain_id", chainId)
                    .put("block_height", block.height());
            view.set("sender", transfer.path("from"));
            view.set("recipient", transfer.path("to"));
            view.set("payload", transfer.path("payload"));
            view.set("type", transfer.path("type"));
            view.put("status", "confirmed").put("created_at", TimeText.offset(now));
            view.put("timestamp", TimeText.offset(pending.receivedAt()).replace('T', ' '));
            view.set("nonce", transfer.path("nonce"));
            view.set("value", transfer.path("amount"));
            view.set("fee", transfer.path("fee"));
            confirmed.put(pending.hash(), view);
            if (confirmed.size() > MOST_TRANSACTIONS) {
                confirmed.pollFirstEntry();
            }
        }
    }

    Optional<Block> head() {
        return locked(() -> head);
    }

    Optional<ObjectNode> transaction(String hash) {
        return locked(() -> Optional.ofNullable(confirmed.get(hash.toLowerCase(Locale.ROOT))));
    }

    /** Those that match, newest first. */
    List<ObjectNode> transactions(Predicate<ObjectNode> wanted, int limit) {
        return locked(() -> confirmed.sequencedValues().reversed().stream()
                .filter(wanted)
                .limit(limit)
                .toList());
    }

    List<Pending> pending() {
        return locked(() -> List.copyOf(mempool.values()));
    }

    /** Starts the node again, which remembers escrows badly. */
    void restart() {
        locked(() -> {
            shown.clear();
            escrows.reload();
            return head;
        });
    }

    /** Forgets everything, the money included. */
    void reset() {
        locked(() -> {
            accounts.clear();
            mempool.clear();
            confirmed.clear();
            escrows.reset();
            shown.clear();
            head = Optional.empty();
            transactionCount = 0;
            return head;
        });
    }

    /** Runs with the chain to itself, after what was due has been mined. */
    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            advance();
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
