package io.muster.x509.issuing;

import io.muster.core.device.Bytes;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.issuance.Order;
import io.muster.core.roster.CertificateProfile.SubjectRule;
import io.muster.x509.codec.CommonName;
import io.muster.x509.codec.Der;
import io.muster.x509.codec.DistinguishedName;
import io.muster.x509.codec.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// The subject of a certificate: the registration id as its common name. A common name has at most 64 characters (RFC
/// 5280 appendix A.1, ub-common-name), a registration id up to 128: a longer one stands in a user id instead (RFC
/// 4519 section 2.39, up to 256 characters by RFC 1274), whole, and there is no common name.
final class Subjects {

    static final int MAX_COMMON_NAME = 64;

    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
    private static final byte[] USER_ID = HexFormat.of().parseHex("060a0992268993f22c640101");

    private Subjects() {}

    /// What came of choosing a subject.
    sealed interface Choice {

        record Chosen(DistinguishedName subject) implements Choice {}

        /// @param name what was asked for
        record Foreign(String name) implements Choice {}
    }

    /// RFC 7030 section 4.2.2: a renewal may ask for another subject. It stays the device's own: its common name is
    /// the registration id. One that asks for the subject of a certificate that was made before its device had a
    /// name gets the name.
    static Choice choose(Order order, SignedRequest signed) {
        CertificateRequest request = order.request();
        if (order.profile().subject() == SubjectRule.IDENTITY) {
            return new Choice.Chosen(identity(order.registrationId()));
        }
        Optional<DistinguishedName> changed =
                request.purpose() == Purpose.RENEW ? signed.newSubject() : Optional.empty();
        if (changed.isPresent()) {
            return names(changed.get(), order.registrationId())
                    ? new Choice.Chosen(changed.get())
                    : new Choice.Foreign(changed.get().text());
        }
        return new Choice.Chosen(
                namedAs(request, order.registrationId())
                        ? DistinguishedName.of(request.asked().subjectDer())
                        : identity(order.registrationId()));
    }

    private static boolean namedAs(CertificateRequest request, RegistrationId id) {
        return request.asked().commonName().flatMap(RegistrationId::parse).equals(Optional.of(id));
    }

    private static boolean names(DistinguishedName subject, RegistrationId id) {
        return switch (subject.commonName()) {
            case CommonName.Named named ->
                RegistrationId.parse(named.value()).filter(id::equals).isPresent();
            case CommonName.Unusable _ -> false;
        };
    }

    private static DistinguishedName identity(RegistrationId id) {
        byte[] type = id.display().length() <= MAX_COMMON_NAME ? COMMON_NAME : USER_ID;
        byte[] value = Der.element(Der.UTF8_STRING, id.display().getBytes(StandardCharsets.UTF_8));
        return DistinguishedName.of(Bytes.of(Der.sequence(Der.element(Der.SET, Der.sequence(type, value)))));
    }
}
