package io.aitbc.openclaw.cli;

import java.util.ArrayList;
import java.util.List;

/** Version numbers such as {@code 0.17.1} or {@code 0.18.0-rc1}. */
final class Versions {
    private Versions() {}

    /** Whether a version is the floor or newer; what follows a hyphen does not count. */
    static boolean atLeast(String version, String floor) {
        List<Integer> left = numbers(version);
        List<Integer> right = numbers(floor);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int difference = Integer.compare(i < left.size() ? left.get(i) : 0, i < right.size() ? right.get(i) : 0);
            if (difference != 0) {
                return difference > 0;
            }
        }
        return true;
    }

    private static List<Integer> numbers(String version) {
        List<Integer> numbers = new ArrayList<>();
        String released = version.startsWith("v") ? version.substring(1) : version;
        int hyphen = released.indexOf('-');
        for (String part : (hyphen < 0 ? released : released.substring(0, hyphen)).split("\\.", -1)) {
            numbers.add(part.matches("\\d{1,9}") ? Integer.parseInt(part) : 0);
        }
        return numbers;
    }
}
