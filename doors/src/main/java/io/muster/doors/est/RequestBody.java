package io.muster.doors.est;

import io.muster.core.device.Bytes;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.Base64Text;

/// The body of a request: base64 of DER (RFC 8951 section 3), in whatever layout the client has. What the client says
/// of a transfer encoding means nothing (section 3.1).
sealed interface RequestBody {

    record Der(Bytes octets) implements RequestBody {}

    record Refused(Refusal refusal) implements RequestBody {}

    /// Room for the longest request that is read, with line ends.
    int MAX_BYTES = 32 * 1024;

    static RequestBody read(Bytes body) {
        if (body.size() > MAX_BYTES) {
            return new Refused(new Refusal.TooLarge("The body", MAX_BYTES));
        }
        byte[] octets = body.toArray();
        if (looksLikeDer(octets)) {
            return malformed("the body is DER itself; send it in base64");
        }
        if (looksLikePem(octets)) {
            return malformed("the body is PEM; leave out the lines with BEGIN and END");
        }
        return switch (Base64Text.read(body)) {
            case Base64Text.Reading.Malformed(String what) -> malformed("the body " + what);
            case Base64Text.Reading.Read(Bytes der) ->
                der.size() == 0 ? new Refused(new Refusal.CertificateRequestMissing()) : new Der(der);
        };
    }

    /// A SEQUENCE with a length of several bytes, as every request has.
    private static boolean looksLikeDer(byte[] octets) {
        return octets.length > 1 && octets[0] == 0x30 && octets[1] < 0;
    }

    private static boolean looksLikePem(byte[] octets) {
        return octets.length > 1 && octets[0] == '-' && octets[1] == '-';
    }

    private static RequestBody malformed(String what) {
        return new Refused(new Refusal.CertificateRequestMalformed(what));
    }
}
