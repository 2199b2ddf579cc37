package io.muster.outlets.hooks;

import io.muster.core.device.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A certificate in text (RFC 7468).
final class Pem {

    private static final int LINE = 64;

    private Pem() {}

    static String of(Bytes certificate) {
        byte[] end = "\n".getBytes(StandardCharsets.US_ASCII);
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(LINE, end).encodeToString(certificate.toArray())
                + "\n-----END CERTIFICATE-----\n";
    }
}
