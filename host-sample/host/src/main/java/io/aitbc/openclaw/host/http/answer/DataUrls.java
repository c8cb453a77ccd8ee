package io.aitbc.openclaw.host.http.answer;

import io.aitbc.openclaw.host.http.json.JsonInput;
import java.util.List;

/** Images inside URLs (RFC 2397). Images elsewhere are not fetched. */
public final class DataUrls {
    private static final String BASE64 = ";base64,";

    private DataUrls() {}

    /** Adds the Base64 text of an image. */
    public static void add(JsonInput input, String url, List<String> images) {
        int start = url.indexOf(BASE64);
        if (!url.startsWith("data:image/") || start < 0) {
            input.fail("invalid image input: only data:image/…;base64 URLs are taken");
            return;
        }
        String image = url.substring(start + BASE64.length());
        if (Base64Check.firstWrongByte(image) >= 0) {
            input.fail("invalid image input");
            return;
        }
        images.add(image);
    }
}
