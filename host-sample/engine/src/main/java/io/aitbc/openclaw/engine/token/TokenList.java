package io.aitbc.openclaw.engine.token;

import java.util.Arrays;

/** Token ids in a growing array. Not for several threads. */
public final class TokenList {
    private int[] items = new int[64];
    private int size;

    public void add(int token) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = token;
    }

    public void addAll(int[] tokens) {
        for (int token : tokens) {
            add(token);
        }
    }

    public int size() {
        return size;
    }

    public int get(int index) {
        return items[java.util.Objects.checkIndex(index, size)];
    }

    /** Removes the items from {@code from} up to {@code to}. */
    public void remove(int from, int to) {
        System.arraycopy(items, to, items, from, size - to);
        size -= to - from;
    }

    public int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
