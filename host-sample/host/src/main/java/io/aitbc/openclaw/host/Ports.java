package io.aitbc.openclaw.host;

import io.aitbc.openclaw.api.ErrorCode;
import io.aitbc.openclaw.api.OpenClawException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Looks before the host leaps: a taken port is found before anything is started. */
final class Ports {
    private Ports() {}

    /** @throws OpenClawException {@link ErrorCode#INVALID_CONFIG} when the port cannot be listened on; 0 always can */
    static void requireFree(String host, int port) {
        if (port == 0) {
            return;
        }
        // Without listening: a client that waits for the host would be connected, and cut off.
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new OpenClawException(
                    ErrorCode.INVALID_CONFIG,
                    "Port %d of %s is in use or not allowed; stop the program that has it, or choose another with --port (0 takes any free one)"
                            .formatted(port, host),
                    e);
        }
    }
}
