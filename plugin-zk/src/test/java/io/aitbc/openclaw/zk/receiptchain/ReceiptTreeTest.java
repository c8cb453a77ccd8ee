package io.aitbc.openclaw.zk.receiptchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aitbc.openclaw.zk.bn254.Fr;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReceiptTreeTest {
    private final TestingReceipts receipts = new TestingReceipts(1);
    private final ReceiptTree tree = receipts.tree;

    @Test
    void tree_is_shown_to_have_only_grown_and_another_one_is_not() {
        TestingReceipts receipts = new TestingReceipts(9);
        List<Fr> roots = new ArrayList<>(List.of(receipts.tree.root()));
        for (int i = 0; i < 21; i++) {
            receipts.tree.append(receipts.receipt(BigInteger.valueOf(i)));
            roots.add(receipts.tree.root());
        }
        Fr now = receipts.tree.root();
        for (int since : new int[] {0, 1, 3, 4, 15, 16, 20, 21}) {
            List<List<Fr>> growth = receipts.tree.growth(since);
            assertThat(ReceiptTree.grew(since, roots.get(since), 21, now, growth))
                    .as("since %d", since)
                    .isTrue();
            for (int other : new int[] {since - 1, since + 1}) {
                assertThat(ReceiptTree.grew(other, roots.get(since), 21, now, growth))
                        .as("%d for %d", other, since)
                        .isFalse();
                assertThat(ReceiptTree.grew(since, roots.get(Math.floorMod(other, 22)), 21, now, growth))
                        .as("another root for %d", since)
                        .isFalse();
            }
            assertThat(ReceiptTree.grew(since, roots.get(since), 21, receipts.number(), growth))
                    .isFalse();
            for (int level = 0; level < growth.size(); level += 3) {
                List<List<Fr>> shorter = new ArrayList<>(growth);
                shorter.remove(level);
                assertThat(ReceiptTree.grew(since, roots.get(since), 21, now, shorter))
                        .isFalse();
                for (int child = 0; child < ReceiptTree.CHILDREN; child++) {
                    List<Fr> children = new ArrayList<>(growth.get(level));
                    children.set(child, receipts.number());
                    List<List<Fr>> changed = new ArrayList<>(growth);
                    changed.set(level, children);
                    assertThat(ReceiptTree.grew(since, roots.get(since), 21, now, changed))
                            .as("since %d, level %d, child %d", since, level, child)
                            .isFalse();
                }
            }
        }
        assertThatThrownBy(() -> receipts.tree.growth(22)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void paths_of_all_receipts_lead_to_the_root_and_to_no_earlier_one() {
        List<Receipt> all = new ArrayList<>();
        Set<Fr> roots = new HashSet<>(Set.of(tree.root()));
        for (int i = 0; i < 18; i++) {
            Fr earlier = tree.root();
            all.add(receipts.receipt(BigInteger.valueOf(i)));
            assertThat(tree.append(all.getLast())).isEqualTo(i);
            assertThat(roots.add(tree.root())).isTrue();
            for (int at = 0; at <= i; at++) {
                Fr hash = all.get(at).hash();
                assertThat(ReceiptTree.leads(hash, tree.path(at), tree.root())).isTrue();
                assertThat(ReceiptTree.leads(hash, tree.path(at), earlier)).isFalse();
            }
        }
        assertThat(tree.size()).isEqualTo(18);
    }

    /** Nodes are computed late; how many receipts came between makes no difference. */
    @Test
    void root_is_the_same_whenever_somebody_asks_for_it() {
        ReceiptTree late = new ReceiptTree();
        for (int i = 0; i < 70; i++) {
            Receipt receipt = receipts.receipt(BigInteger.valueOf(i));
            tree.append(receipt);
            late.append(receipt);
            Fr root = tree.root();
            if (i % 7 == 0 || i == 15 || i == 16 || i == 64) {
                assertThat(late.root()).as("%d receipts", i + 1).isEqualTo(root);
            }
        }
        assertThat(ReceiptTree.leads(receipts.receipt(BigInteger.ONE).hash(), late.path(69), late.root()))
                .isFalse();
        assertThat(late.path(33)).isEqualTo(tree.path(33));
    }

    @Test
    void receipts_that_are_added_together_share_the_hashing_and_give_the_same_root() {
        AtomicInteger hashed = new AtomicInteger();
        ReceiptTree together = new ReceiptTree(children -> {
            int _ = hashed.incrementAndGet();
            return ReceiptTree.node(children);
        });
        int before = hashed.get();
        for (int i = 0; i < 130; i++) {
            Receipt receipt = receipts.receipt(BigInteger.valueOf(i));
            assertThat(tree.append(receipt)).isEqualTo(i);
            assertThat(tree.root()).isNotNull();
            assertThat(together.append(receipt)).isEqualTo(i);
            if (i == 6 || i == 20 || i == 63) {
                assertThat(together.root()).isEqualTo(tree.root());
            }
        }
        assertThat(together.path(77)).isEqualTo(tree.path(77));
        assertThat(together.root()).isEqualTo(tree.root());
        assertThat(hashed.get() - before)
                .as("a third of the receipts, and the way up")
                .isLessThan(130 / 3 + 60);
    }

    @Test
    void restored_tree_is_the_same_and_hashes_no_more_than_the_way_up() {
        for (int i = 0; i < 85; i++) {
            int _ = tree.append(receipts.receipt(BigInteger.valueOf(i)));
        }
        AtomicInteger hashed = new AtomicInteger();
        ReceiptTree restored = new ReceiptTree(children -> {
            int _ = hashed.incrementAndGet();
            return ReceiptTree.node(children);
        });
        int before = hashed.get();
        for (int i = 0; i < 85; i++) {
            assertThat(restored.restore(tree.leaf(i), tree.completed(i))).isEqualTo(i);
        }
        assertThat(restored.root()).isEqualTo(tree.root());
        assertThat(hashed.get() - before).isEqualTo(ReceiptTree.LEVELS);
        assertThat(restored.path(63)).isEqualTo(tree.path(63));
        for (int i = 85; i < 100; i++) {
            Receipt receipt = receipts.receipt(BigInteger.valueOf(i));
            int _ = tree.append(receipt);
            int _ = restored.append(receipt);
            assertThat(restored.root()).isEqualTo(tree.root());
        }
        assertThat(tree.completed(63)).hasSize(3);
        assertThatThrownBy(() -> restored.restore(Fr.ONE, List.of(Fr.ONE))).hasMessage("receipt 100 completes 0 nodes");
    }

    @Test
    void receipt_that_is_not_in_the_tree_has_no_path() {
        tree.append(receipts.receipt(BigInteger.ONE));
        Receipt other = receipts.receipt(BigInteger.ONE);
        assertThat(ReceiptTree.leads(other.hash(), tree.path(0), tree.root())).isFalse();
        List<List<Fr>> path = new ArrayList<>(tree.path(0));
        path.set(0, List.of(other.hash(), path.getFirst().get(1), Fr.ZERO, Fr.ZERO));
        assertThat(ReceiptTree.leads(other.hash(), path, tree.root())).isFalse();
        assertThatThrownBy(() -> tree.path(1)).hasMessage("there is no receipt 1 of 1");
    }

    @Test
    void node_does_not_pass_for_a_receipt() {
        Receipt receipt = receipts.receipt(BigInteger.ONE);
        tree.append(receipt);
        List<List<Fr>> path = tree.path(0);
        Fr node = tree.path(0).get(1).getFirst();
        assertThat(node).isNotEqualTo(receipt.hash());
        assertThat(ReceiptTree.leads(node, path.subList(1, path.size()), tree.root()))
                .as("a path has one length")
                .isFalse();
    }

    @Test
    void hashes_of_receipts_differ_in_every_part() {
        Receipt receipt = new Receipt("1".repeat(64), "2".repeat(64), BigInteger.TEN, Fr.ONE);
        Set<Fr> hashes = new HashSet<>(Set.of(receipt.hash()));
        for (Receipt other : List.of(
                new Receipt("1".repeat(63) + "0", "2".repeat(64), BigInteger.TEN, Fr.ONE),
                new Receipt("0" + "1".repeat(63), "2".repeat(64), BigInteger.TEN, Fr.ONE),
                new Receipt("2".repeat(64), "1".repeat(64), BigInteger.TEN, Fr.ONE),
                new Receipt("1".repeat(64), "2".repeat(64), BigInteger.TWO, Fr.ONE),
                new Receipt("1".repeat(64), "2".repeat(64), BigInteger.TEN, Fr.ZERO))) {
            assertThat(hashes.add(other.hash())).as(other.toString()).isTrue();
        }
    }

    @Test
    void price_and_salt_are_not_printed_and_prices_have_a_limit() {
        Receipt receipt = new Receipt("1".repeat(64), "2".repeat(64), BigInteger.valueOf(777), Fr.valueOf(888));
        assertThat(receipt.toString()).doesNotContain("777").doesNotContain("888");
        BigInteger tooMuch = BigInteger.TWO.pow(64);
        assertThatThrownBy(() -> new Receipt("1".repeat(64), "2".repeat(64), tooMuch, Fr.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Receipt("1".repeat(64), "2".repeat(64), BigInteger.ONE.negate(), Fr.ONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void claims_go_into_signals_and_back_and_numbers_out_of_bounds_are_none() {
        Receipt receipt = receipts.receipt(BigInteger.TEN);
        ReceiptClaim claim = new ReceiptClaim(
                receipts.key.publicKey(), tree.root(), BigInteger.TEN, receipt.request(), receipt.answer());
        assertThat(ReceiptClaim.of(claim.signals())).contains(claim);
        for (int signal = 3; signal < ReceiptClaim.SIGNALS; signal++) {
            List<Fr> signals = new ArrayList<>(claim.signals());
            BigInteger bound = BigInteger.TWO.pow(signal == 3 ? 64 : 128);
            signals.set(signal, Fr.valueOf(bound.subtract(BigInteger.ONE)));
            assertThat(ReceiptClaim.of(signals)).isPresent();
            signals.set(signal, Fr.valueOf(bound));
            assertThat(ReceiptClaim.of(signals)).as("signal %d", signal).isEmpty();
        }
        assertThat(ReceiptClaim.of(claim.signals().subList(0, 7))).isEmpty();
    }
}
