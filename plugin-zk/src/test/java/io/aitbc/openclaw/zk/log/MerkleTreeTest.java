package io.aitbc.openclaw.zk.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    private static final int MOST = 70;

    /** The leaves and roots that implementations of certificate transparency are tested with. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private final MerkleProofs proofs = new MerkleProofs();

    @Test
    void roots_are_those_of_certificate_transparency() {
        MerkleTree tree = new MerkleTree();
        assertThat(HexFormat.of().formatHex(tree.root(0)))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int i = 0; i < LEAVES.size(); i++) {
            tree.append(HexFormat.of().parseHex(LEAVES.get(i)));
            assertThat(HexFormat.of().formatHex(tree.root(i + 1))).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void roots_and_proofs_are_those_of_the_definition() throws Exception {
        List<byte[]> leaves = leaves(new Random(1));
        MerkleTree tree = tree(leaves);
        for (int size = 1; size <= MOST; size++) {
            List<byte[]> first = leaves.subList(0, size);
            assertThat(tree.root(size)).isEqualTo(SlowLog.root(first));
            for (int index = 0; index < size; index++) {
                assertThat(tree.inclusion(index, size)).containsExactlyElementsOf(SlowLog.path(index, first));
                assertThat(tree.consistency(index + 1, size))
                        .containsExactlyElementsOf(SlowLog.proof(index + 1, first));
            }
        }
    }

    @Test
    void each_leaf_is_included_at_its_own_index_of_its_own_tree_and_nowhere_else() {
        List<byte[]> leaves = leaves(new Random(2));
        MerkleTree tree = tree(leaves);
        for (int size = 1; size <= 40; size++) {
            byte[] root = tree.root(size);
            for (int index = 0; index < size; index++) {
                List<byte[]> path = tree.inclusion(index, size);
                assertThat(proofs.included(leaves.get(index), index, size, path, root))
                        .isTrue();
                for (int other = 0; other < size; other++) {
                    boolean same = other == index;
                    assertThat(proofs.included(leaves.get(other), index, size, path, root))
                            .isEqualTo(same);
                    assertThat(proofs.included(leaves.get(index), other, size, path, root))
                            .isEqualTo(same);
                }
                assertThat(proofs.included(leaves.get(index), index, size, path, tree.root(size + 1)))
                        .isFalse();
            }
        }
    }

    @Test
    void a_changed_proof_of_inclusion_does_not_hold() {
        Random random = new Random(3);
        List<byte[]> leaves = leaves(random);
        MerkleTree tree = tree(leaves);
        for (int round = 0; round < 3000; round++) {
            int size = 2 + random.nextInt(MOST - 1);
            int index = random.nextInt(size);
            List<byte[]> path = changed(tree.inclusion(index, size), random);
            assertThat(proofs.included(leaves.get(index), index, size, path, tree.root(size)))
                    .isFalse();
        }
        assertThat(proofs.included(leaves.getFirst(), -1, 1, List.of(), tree.root(1)))
                .isFalse();
        assertThat(proofs.included(leaves.getFirst(), 1, 1, List.of(), tree.root(1)))
                .isFalse();
    }

    @Test
    void a_tree_is_consistent_with_its_own_past_only() {
        Random random = new Random(4);
        MerkleTree tree = tree(leaves(random));
        MerkleTree fork = tree(leaves(random));
        for (int second = 1; second <= MOST; second++) {
            for (int first = 1; first <= second; first++) {
                List<byte[]> path = tree.consistency(first, second);
                byte[] from = tree.root(first);
                byte[] to = tree.root(second);
                assertThat(proofs.consistent(first, from, second, to, path)).isTrue();
                assertThat(proofs.consistent(first, fork.root(first), second, to, path))
                        .isFalse();
                assertThat(proofs.consistent(first, from, second, fork.root(second), path))
                        .isFalse();
                assertThat(proofs.consistent(second + 1, from, second, to, path))
                        .isFalse();
                if (first < second) {
                    assertThat(proofs.consistent(first, from, second, to, changed(path, random)))
                            .isFalse();
                }
            }
        }
        assertThat(proofs.consistent(0, tree.root(0), 1, tree.root(1), List.of()))
                .isFalse();
    }

    /** Changes a bit, drops, repeats, adds or exchanges hashes. */
    private static List<byte[]> changed(List<byte[]> path, Random random) {
        List<byte[]> other = new ArrayList<>(path);
        int at = random.nextInt(path.size());
        switch (random.nextInt(path.size() > 1 ? 5 : 4)) {
            case 0 -> {
                byte[] hash = path.get(at).clone();
                hash[random.nextInt(hash.length)] ^= (byte) (1 << random.nextInt(8));
                other.set(at, hash);
            }
            case 1 -> other.remove(at);
            case 2 -> other.add(at, path.get(at));
            case 3 -> other.add(new byte[random.nextBoolean() ? 32 : 31]);
            default -> {
                int next = (at + 1) % path.size();
                other.set(at, path.get(next));
                other.set(next, path.get(at));
            }
        }
        return other;
    }

    private static List<byte[]> leaves(Random random) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            byte[] leaf = new byte[8 + random.nextInt(60)];
            random.nextBytes(leaf);
            leaves.add(leaf);
        }
        return leaves;
    }

    private static MerkleTree tree(List<byte[]> leaves) {
        MerkleTree tree = new MerkleTree();
        leaves.forEach(tree::append);
        return tree;
    }
}
