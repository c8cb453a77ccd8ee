package io.aitbc.openclaw.cli;

/**
 * One finding of {@code doctor}.
 *
 * @param name what was looked at
 * @param found one line
 * @param fix what to do, empty when there is nothing to do
 */
record Check(String name, State state, String found, String fix) {
    /** How bad it is. */
    enum State {
        OK,
        /** Worth a look; the host works without it. */
        WARNING,
        /** The host cannot do its main job. */
        FAILED
    }

    static Check ok(String name, String found) {
        return new Check(name, State.OK, found, "");
    }

    static Check warning(String name, String found, String fix) {
        return new Check(name, State.WARNING, found, fix);
    }

    static Check failed(String name, String found, String fix) {
        return new Check(name, State.FAILED, found, fix);
    }
}
