package io.aitbc.openclaw.provider.chain;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An account of the chain. {@code 0x}, {@code ait1} and {@code aitbc1} are three spellings of the same 40 hexadecimal digits;
 * this is always the first, in lower case, as it is signed.
 */
public record ChainAddress(String text) {
    private static final Pattern TEXT = Pattern.compile("(0x|ait1|aitbc1)([0-9a-f]{40})");

    /** @throws OpenClawException with INVALID_REQUEST when the text is no address */
    public ChainAddress {
        text = normal(text)
                .orElseThrow(() -> new OpenClawException(
                        ErrorCode.INVALID_REQUEST, "An AITBC address is 0x, ait1 or aitbc1 and 40 hexadecimal digits"));
    }

    /** @return empty when the text is no address */
    public static Optional<ChainAddress> parse(String text) {
        return normal(text).map(ChainAddress::new);
    }

    private static Optional<String> normal(String text) {
        var matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        return matcher.matches() ? Optional.of("0x" + matcher.group(2)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
