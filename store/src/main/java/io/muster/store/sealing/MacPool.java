package io.muster.store.sealing;

import java.security.GeneralSecurityException;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/// HMAC-SHA256 under one key. Keyed Macs are kept: keying one costs more than using it, and with a virtual thread for
/// each request there is no thread to keep them on.
final class MacPool {

    private static final int KEPT = 64;

    private final SecretKey key;
    private final ArrayBlockingQueue<Mac> idle = new ArrayBlockingQueue<>(KEPT);

    MacPool(SecretKey key) {
        this.key = key;
    }

    byte[] mac(byte[] message) {
        Mac kept = idle.poll();
        Mac mac = kept == null ? keyed() : kept;
        byte[] digest = mac.doFinal(message);
        boolean returned = idle.offer(mac);
        assert returned || idle.remainingCapacity() == 0;
        return digest;
    }

    private Mac keyed() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing in this Java.", e);
        }
    }
}
