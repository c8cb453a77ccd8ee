package io.aitbc.openclaw.host.trust;

/** What becomes of a plugin file without a signature of a trusted key. */
public enum SignaturePolicy {
    /** It is refused before anything of it is unpacked. */
    REQUIRE,
    /** It is loaded, with a warning. */
    WARN,
    /** Signatures, declared permissions and consents are not looked at. */
    OFF
}
