package test.verifier;

final class LoadedLate {
    String version() {
        return Version.TEXT;
    }
}
