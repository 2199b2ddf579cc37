package io.muster.doors.est;

import io.muster.core.device.Secret;
import io.muster.core.door.Issued;
import io.muster.doors.est.EstRequest.KeyDelivery;
import io.muster.doors.listener.HttpAnswer;
import io.muster.x509.codec.ServerKeyEnvelope;
import java.util.Arrays;

/// A key that the server made, with its certificate: two parts of one answer (RFC 7030 section 4.4.2).
final class ServerKeyAnswer {

    /// No base64 has a hyphen, so this is in no part.
    private static final String BOUNDARY = "muster-est-part";

    private static final String PLAIN = "application/pkcs8";
    private static final String SEALED = "application/pkcs7-mime; smime-type=server-generated-key";
    private static final String CERTIFICATE = "application/pkcs7-mime; smime-type=certs-only";

    private ServerKeyAnswer() {}

    static HttpAnswer of(Issued issued, Secret key, KeyDelivery delivery) {
        String keyPart =
                switch (delivery) {
                    case KeyDelivery.InConnection() -> plain(key);
                    case KeyDelivery.Sealed sealed -> part(SEALED, seal(key, sealed));
                };
        String text = keyPart + part(CERTIFICATE, EstAnswers.leaf(issued)) + "--" + BOUNDARY + "--\r\n";
        return HttpAnswer.of(200, "multipart/mixed; boundary=" + BOUNDARY, text).with("Cache-Control", "no-store");
    }

    private static String plain(Secret key) {
        byte[] pkcs8 = key.reveal();
        try {
            return part(PLAIN, pkcs8);
        } finally {
            Arrays.fill(pkcs8, (byte) 0);
        }
    }

    private static byte[] seal(Secret key, KeyDelivery.Sealed delivery) {
        return ServerKeyEnvelope.seal(key, delivery.certificate())
                .orElseThrow(() -> new IllegalStateException("a key that was to decrypt cannot"));
    }

    /// Head and boundary as MIME wants them (RFC 2046 section 5.1.1); the line ends of base64 mean nothing.
    private static String part(String type, byte[] octets) {
        return "--" + BOUNDARY + "\r\nContent-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + Base64Layout.COLUMNS.lay(octets) + "\r\n";
    }
}
