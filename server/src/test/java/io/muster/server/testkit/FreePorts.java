package io.muster.server.testkit;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Ports that SDKs insist on.
public final class FreePorts {

    private FreePorts() {}

    /// Leaves a test out where a port that it is about may not be bound, or is taken.
    public static void needs(int... ports) {
        for (int port : ports) {
            assumeThat(free(port)).as("port %s may be bound", port).isTrue();
        }
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
