package io.aitbc.openclaw.provider.privacy;

/** Checks by which numbers that only look alike are told apart. Each returns how much of a candidate is one. */
final class Numbers {
    private static final int SHORTEST_IBAN = 15;
    private static final int LONGEST_IBAN = 34;

    private Numbers() {}

    /** A payment card's number: 13 to 19 digits whose last one is Luhn's (ISO/IEC 7812-1). */
    static int card(String candidate) {
        int sum = 0;
        int digits = 0;
        for (int i = candidate.length() - 1; i >= 0; i--) {
            int digit = Character.digit(candidate.charAt(i), 10);
            if (digit < 0) {
                continue;
            }
            int doubled = digits % 2 == 1 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
            digits++;
        }
        return digits >= 13 && digits <= 19 && sum % 10 == 0 ? candidate.length() : 0;
    }

    /** An IBAN (ISO 13616): the longest beginning of the candidate whose remainder is 1. */
    static int iban(String candidate) {
        int longest = 0;
        StringBuilder compact = new StringBuilder();
        for (int i = 0; i < candidate.length() && compact.length() < LONGEST_IBAN; i++) {
            char letter = candidate.charAt(i);
            if (letter == ' ') {
                continue;
            }
            compact.append(letter);
            boolean wordGoesOn = i + 1 < candidate.length() && candidate.charAt(i + 1) != ' ';
            if (!wordGoesOn && compact.length() >= SHORTEST_IBAN && remainder(compact) == 1) {
                longest = i + 1;
            }
        }
        return longest;
    }

    private static int remainder(StringBuilder iban) {
        int remainder = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }

    /** A telephone number has 7 to 15 digits (ITU-T E.164), and is no date. */
    static int phone(String candidate) {
        long digits = candidate.chars().filter(Character::isDigit).count();
        boolean date = candidate.matches("\\d{1,2}([/. -])\\d{1,2}\\1\\d{2,4}|\\d{4}([/. -])\\d{1,2}\\2\\d{1,2}");
        return digits >= 7 && digits <= 15 && !date ? candidate.length() : 0;
    }

    /** An IPv4 address of RFC 1918, RFC 3927 or RFC 6598. */
    static int privateAddress(String candidate) {
        String[] parts = candidate.split("\\.");
        int first = Integer.parseInt(parts[0]);
        int second = Integer.parseInt(parts[1]);
        boolean inside = first == 10
                || (first == 192 && second == 168)
                || (first == 172 && second >= 16 && second <= 31)
                || (first == 169 && second == 254)
                || (first == 100 && second >= 64 && second <= 127);
        return inside ? candidate.length() : 0;
    }
}
