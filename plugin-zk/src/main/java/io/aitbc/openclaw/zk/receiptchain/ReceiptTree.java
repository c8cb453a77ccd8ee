package io.aitbc.openclaw.zk.receiptchain;

import io.aitbc.openclaw.zk.bn254.Fr;
import io.aitbc.openclaw.zk.bn254.Poseidon;
import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree of receipts with four children to a node and ten levels: room for 2^20 receipts. Where no receipt is yet, a leaf is zero; nobody knows a receipt
 * with that hash. Nodes are hashed under a tag of their own, so that none passes for a receipt. Nodes are computed when somebody asks for the root or a path, each
 * once for all receipts that came since. For one thread.
 */
public final class ReceiptTree {
    static final int LEVELS = 10;
    static final int CHILDREN = 4;
    static final int MOST = 1 << (2 * LEVELS);

    private static final Fr TAG = Receipt.tag("openclaw-node-v1");
    private static final Poseidon POSEIDON = new Poseidon(CHILDREN);

    private final List<List<Fr>> levels = new ArrayList<>();
    private final List<Fr> empty = new ArrayList<>();
    private final NodeHash nodes;
    /** Receipts that the nodes above are hashed from: those that are added together share them. */
    private int settled;

    /** Hashes a node's children. */
    interface NodeHash {
        Fr of(List<Fr> children);
    }

    public ReceiptTree() {
        this(ReceiptTree::node);
    }

    static Fr node(List<Fr> children) {
        return POSEIDON.hash(TAG, children);
    }

    ReceiptTree(NodeHash nodes) {
        this.nodes = nodes;
        empty.add(Fr.ZERO);
        levels.add(new ArrayList<>());
        for (int level = 0; level < LEVELS; level++) {
            Fr below = empty.getLast();
            empty.add(nodes.of(List.of(below, below, below, below)));
            levels.add(new ArrayList<>());
        }
    }

    public int size() {
        return levels.getFirst().size();
    }

    public boolean isFull() {
        return size() == MOST;
    }

    /**
     * @return its index
     * @throws IllegalStateException when it is full
     */
    public int append(Receipt receipt) {
        int index = size();
        if (isFull()) {
            throw new IllegalStateException("a tree has room for %d receipts".formatted(MOST));
        }
        levels.getFirst().add(receipt.hash());
        return index;
    }

    /**
     * Adds one that stood in such a tree before, without hashing anything; only in a tree of which nothing was asked yet.
     *
     * @param completed what {@link #completed} said of it
     * @return its index
     */
    public int restore(Fr hash, List<Fr> completed) {
        int index = size();
        if (isFull() || completed.size() != completedBy(index)) {
            throw new IllegalArgumentException("receipt %d completes %d nodes".formatted(index, completedBy(index)));
        }
        levels.getFirst().add(hash);
        for (int level = 1; level <= completed.size(); level++) {
            levels.get(level).add(completed.get(level - 1));
        }
        settled = index; // nodes with places left are hashed again
        return index;
    }

    /** The nodes that never change again once this receipt is there, because it takes the last place under them; lowest first. */
    public List<Fr> completed(int index) {
        settle();
        List<Fr> nodes = new ArrayList<>();
        int at = index;
        for (int level = 1; level <= completedBy(index); level++) {
            at /= CHILDREN;
            nodes.add(levels.get(level).get(at));
        }
        return List.copyOf(nodes);
    }

    /** How many nodes a receipt completes. */
    public static int completedBy(int index) {
        return Math.min(LEVELS, Integer.numberOfTrailingZeros(index + 1) / 2);
    }

    /** Hash of a receipt. */
    public Fr leaf(int index) {
        return levels.getFirst().get(index);
    }

    private void settle() {
        if (settled == size()) {
            return;
        }
        int first = settled;
        for (int level = 0; level < LEVELS; level++) {
            first /= CHILDREN;
            List<Fr> above = levels.get(level + 1);
            for (int at = first; at * CHILDREN < levels.get(level).size(); at++) {
                Fr parent = nodes.of(children(level, at));
                if (at == above.size()) {
                    above.add(parent);
                } else {
                    above.set(at, parent);
                }
            }
        }
        settled = size();
    }

    public Fr root() {
        settle();
        List<Fr> top = levels.getLast();
        return top.isEmpty() ? empty.getLast() : top.getFirst();
    }

    /** The way from a receipt to the root: of each level the four children, among which the node below is. */
    public List<List<Fr>> path(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("there is no receipt %d of %d".formatted(index, size()));
        }
        settle();
        List<List<Fr>> path = new ArrayList<>();
        int at = index;
        for (int level = 0; level < LEVELS; level++) {
            at /= CHILDREN;
            path.add(children(level, at));
        }
        return List.copyOf(path);
    }

    /**
     * What shows that the tree only grew since it had so many receipts: the way to the first place that was free then. Empty when it has no more now.
     *
     * @throws IndexOutOfBoundsException when it has fewer
     */
    public List<List<Fr>> growth(int since) {
        return since == size() ? List.of() : path(since);
    }

    /** Whether a tree that has grown as shown was the one with this root and so many receipts: whatever stood in it then stands there now. */
    public static boolean grew(long since, Fr then, long size, Fr now, List<List<Fr>> growth) {
        if (since < 0 || since >= size || size > MOST) {
            return since == size && growth.isEmpty() && then.equals(now);
        }
        List<Fr> empty = new ReceiptTree().empty;
        Fr before = empty.getFirst();
        Fr after = before;
        long at = since;
        for (int level = 0; level < growth.size() && level < LEVELS; level++) {
            List<Fr> children = growth.get(level);
            int place = (int) (at % CHILDREN);
            if (children.size() != CHILDREN
                    || (level > 0 && !children.get(place).equals(after))) {
                return false;
            }
            List<Fr> earlier = new ArrayList<>(children.subList(0, place));
            earlier.add(before);
            while (earlier.size() < CHILDREN) {
                earlier.add(empty.get(level));
            }
            before = POSEIDON.hash(TAG, earlier);
            after = POSEIDON.hash(TAG, children);
            at /= CHILDREN;
        }
        return growth.size() == LEVELS && before.equals(then) && after.equals(now);
    }

    /** Whether a path leads from a hash to a root. */
    public static boolean leads(Fr hash, List<List<Fr>> path, Fr root) {
        Fr node = hash;
        for (List<Fr> children : path) {
            if (!children.contains(node)) {
                return false;
            }
            node = node(children);
        }
        return path.size() == LEVELS && node.equals(root);
    }

    private List<Fr> children(int level, int parent) {
        List<Fr> nodes = levels.get(level);
        List<Fr> children = new ArrayList<>(CHILDREN);
        for (int i = 0; i < CHILDREN; i++) {
            int at = parent * CHILDREN + i;
            children.add(at < nodes.size() ? nodes.get(at) : empty.get(level));
        }
        return List.copyOf(children);
    }
}
