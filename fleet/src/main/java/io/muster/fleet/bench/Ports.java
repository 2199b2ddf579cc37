package io.muster.fleet.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the server under test shall listen, all on loopback.
///
/// @param https where devices speak HTTPS
/// @param mqtt  where they speak MQTT; absent where none does
/// @param desk  where operators knock
record Ports(int https, Optional<Integer> mqtt, int desk) {

    /// Ports that were free a moment ago.
    static Ports free(Door door) throws IOException {
        int https = freePort();
        Optional<Integer> mqtt = door.speaksMqtt() ? Optional.of(freePort()) : Optional.empty();
        return new Ports(https, mqtt, freePort());
    }

    /// The settings that say so.
    List<String> settings() {
        List<String> words = new ArrayList<>(List.of(
                "--set",
                "listeners.host=127.0.0.1",
                "--set",
                "listeners.https.port=" + https,
                "--set",
                "desk.port=" + desk));
        String port = mqtt.map(String::valueOf).orElse("off");
        words.addAll(List.of("--set", "listeners.mqtt.port=" + port));
        return words;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
