package test.verifier;

final class Version {
    static final String TEXT = String.valueOf("@version@");

    private Version() {}
}
