package io.muster.doors.listener;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps how handshakes ended.
final class HeardTls implements TlsWatch {

    static final Map<String, String> OPENSSL_NAMES =
            Map.of("X25519MLKEM768", "x25519mlkem768", "secp256r1", "p-256", "secp384r1", "p-384");

    final List<String> agreed = new CopyOnWriteArrayList<>();
    final List<String> failed = new CopyOnWriteArrayList<>();

    @Override
    public void agreed(String version, String group) {
        agreed.add(version + " " + group);
    }

    @Override
    public void failed(String reason) {
        failed.add(reason);
    }
}
