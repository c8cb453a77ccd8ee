package io.aitbc.openclaw.provider.coordinator;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import okhttp3.HttpUrl;

/** Where a service of the network listens. */
public final class BaseUrl {
    private final HttpUrl url;

    private BaseUrl(HttpUrl url) {
        this.url = url;
    }

    /**
     * @param setting name of the setting, for the error text
     * @param text {@code http://host:8203}; a trailing slash, {@code /v1} or {@code /rpc} does not matter
     * @throws OpenClawException with INVALID_CONFIG
     */
    public static BaseUrl of(String setting, String text) {
        String trimmed = text.strip().replaceAll("/+$", "").replaceAll("/(v1|rpc)$", "");
        HttpUrl url = HttpUrl.parse(trimmed);
        if (url == null
                || url.query() != null
                || url.fragment() != null
                || !url.username().isEmpty()) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "%s must be an http or https URL without user, query and fragment".formatted(setting));
        }
        return new BaseUrl(url);
    }

    /** @param segments encoded where needed */
    public HttpUrl.Builder path(String... segments) {
        HttpUrl.Builder builder = url.newBuilder();
        for (String segment : segments) {
            builder.addPathSegment(segment);
        }
        return builder;
    }

    public boolean encrypted() {
        return url.isHttps();
    }

    /** Whether what is sent there is readable on the way. */
    public boolean plainOverNetwork() {
        return !url.isHttps()
                && !url.host().equals("localhost")
                && !url.host().equals("::1")
                && !url.host().startsWith("127.");
    }

    @Override
    public String toString() {
        return url.toString().replaceAll("/$", "");
    }
}
