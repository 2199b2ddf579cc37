package io.muster.core.issuance;

import io.muster.core.attestation.Attested;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Refusal;
import io.muster.core.roster.CertificateProfile;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a certificate request may ask for. What it asks beyond its identity and does not matter is ignored; what
/// would matter if it were granted by mistake is refused.
final class RequestRules {

    private RequestRules() {}

    /// @param renewed the subject of the certificate that the device shows and asks to have again
    static Optional<Refusal> refuse(
            Attested attested, CertificateRequest request, CertificateProfile profile, Optional<String> renewed) {
        Asked asked = request.asked();
        if (asked.channelBinding()) {
            return Optional.of(new Refusal.ProofLinkUnsupported());
        }
        if (asked.authority()) {
            return Optional.of(new Refusal.RequestExceedsProfile("to be a certificate authority", profile.toString()));
        }
        return refusePurposes(asked, profile)
                .or(() -> refuseKey(request, profile))
                .or(() -> refuseNames(attested, asked, profile, renewed));
    }

    static Optional<Refusal> refusePurposes(Asked asked, CertificateProfile profile) {
        return asked.purposes().stream()
                .filter(purpose -> !profile.purposes().contains(purpose))
                .sorted()
                .findFirst()
                .map(purpose -> new Refusal.RequestExceedsProfile("the purpose " + purpose, profile.toString()));
    }

    static Optional<Refusal> refuseKey(CertificateRequest request, CertificateProfile profile) {
        if (request.purpose() == Purpose.GENERATE_KEY && !profile.serverKeys()) {
            return Optional.of(new Refusal.ServerKeyRefused(profile.toString()));
        }
        return profile.algorithms().contains(request.algorithm())
                ? Optional.empty()
                : Optional.of(new Refusal.RequestedKeyNotServed(
                        request.algorithm().name(),
                        profile.algorithms().stream().map(Enum::name).sorted().collect(Collectors.joining(", "))));
    }

    /// A common name is the identity, or that of the certificate being renewed (RFC 7030 section 4.2.2), or absent:
    /// a certificate that a claim created has none of its device's. Alternative names are never copied from a
    /// request; one with a wildcard, or that would be another device's, is an attempt at more than an identity.
    private static Optional<Refusal> refuseNames(
            Attested attested, Asked asked, CertificateProfile profile, Optional<String> renewed) {
        RegistrationId id = attested.request().registrationId();
        boolean other = asked.commonName()
                .filter(ignored -> !renewed.equals(Optional.of(asked.subject())))
                .filter(name -> !RegistrationId.parse(name).equals(Optional.of(id)))
                .isPresent();
        if (other) {
            return Optional.of(
                    new Refusal.RequestForOtherName(asked.commonName().orElse(""), id.display()));
        }
        return asked.names().stream()
                .flatMap(name -> forbidden(attested, name, profile).stream())
                .findFirst();
    }

    private static Optional<Refusal> forbidden(Attested attested, AlternativeName name, CertificateProfile profile) {
        if (name.value().contains("*")) {
            return Optional.of(new Refusal.RequestedNameForbidden(name.value(), "it has a wildcard"));
        }
        Name tenant = attested.enrollment().tenant();
        RegistrationId id = attested.request().registrationId();
        return profile.alternativeNames().stream().anyMatch(template -> template.namesOther(tenant, id, name))
                ? Optional.of(new Refusal.RequestedNameForbidden(name.value(), "it is another device's"))
                : Optional.empty();
    }
}
