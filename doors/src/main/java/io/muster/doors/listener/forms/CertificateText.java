package io.muster.doors.listener.forms;

import io.muster.core.device.Bytes;
import io.muster.core.door.Issued;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Certificates as devices keep them in files (RFC 7468 section 5).
public final class CertificateText {

    private CertificateText() {}

    /// What a device shows to whom it connects to: itself and its issuers. The root is known there or worth nothing.
    public static String shown(Issued issued) {
        List<Bytes> shown = new ArrayList<>();
        shown.add(issued.certificate());
        shown.addAll(issued.chain().subList(0, Math.max(0, issued.chain().size() - 1)));
        return pem(shown);
    }

    /// The root.
    public static String trusted(Issued issued) {
        return pem(issued.chain().isEmpty() ? List.of() : List.of(issued.chain().getLast()));
    }

    /// Certificates one after another.
    ///
    /// @param certificates DER
    public static String pem(List<Bytes> certificates) {
        Base64.Encoder columns = Base64.getMimeEncoder(64, new byte[] {'\n'});
        StringBuilder pem = new StringBuilder();
        for (Bytes certificate : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(new String(columns.encode(certificate.toArray()), StandardCharsets.US_ASCII))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString();
    }
}
