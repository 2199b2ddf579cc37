package io.muster.cli.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// The ports that a server takes when nothing else is set, where none runs: whether it could have them.
public final class Ports {

    private static final int[] STANDARD = {8443, 8883, 8442, 9443};

    private Ports() {}

    public static List<Finding> findings() {
        List<Integer> taken = new ArrayList<>();
        for (int port : STANDARD) {
            if (!free(port)) {
                taken.add(port);
            }
        }
        if (taken.isEmpty()) {
            return List.of(Finding.ok("ports", "8443, 8883, 8442 and 9443, which a server takes, are free."));
        }
        return taken.stream()
                .map(port -> Finding.warn(
                        "ports",
                        "Something else listens on " + port + ", which a server takes.",
                        "Stop it, or set another port: muster up --settings lists them."))
                .toList();
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
