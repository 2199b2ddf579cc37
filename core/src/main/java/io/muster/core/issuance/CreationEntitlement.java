package io.muster.core.issuance;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.Refusal;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateProfile.SubjectRule;
import java.time.Instant;
import java.util.Optional;

/// Whether a claim may have a certificate for a device that has no name yet. Pure, like policy. What the request asks
/// of names is ignored: the certificate bears a name of its own until a device is registered with it.
public sealed interface CreationEntitlement {

    record Granted(Order order) implements CreationEntitlement {}

    record Refused(Refusal refusal) implements CreationEntitlement {}

    /// @param name in place of the device's
    static CreationEntitlement decide(
            Name tenant,
            RegistrationId name,
            CertificateProfile profile,
            CertificateRequest request,
            Serial serial,
            Instant now) {
        return refuse(request, profile)
                .<CreationEntitlement>map(Refused::new)
                .orElseGet(() ->
                        new Granted(new Order(tenant, name, underItsOwnName(profile), request, serial, false, now)));
    }

    private static Optional<Refusal> refuse(CertificateRequest request, CertificateProfile profile) {
        Asked asked = request.asked();
        if (asked.channelBinding()) {
            return Optional.of(new Refusal.ProofLinkUnsupported());
        }
        if (asked.authority()) {
            return Optional.of(new Refusal.RequestExceedsProfile("to be a certificate authority", profile.toString()));
        }
        return RequestRules.refusePurposes(asked, profile)
                .or(() -> RequestRules.refuseKey(request, profile))
                .or(() -> asked.names().stream()
                        .filter(it -> it.value().contains("*"))
                        .findFirst()
                        .map(it -> new Refusal.RequestedNameForbidden(it.value(), "it has a wildcard")));
    }

    private static CertificateProfile underItsOwnName(CertificateProfile profile) {
        return new CertificateProfile(
                profile.tenant(),
                profile.name(),
                profile.version(),
                profile.life(),
                profile.backdating(),
                profile.algorithms(),
                profile.keyUsages(),
                profile.purposes(),
                SubjectRule.IDENTITY,
                profile.alternativeNames(),
                profile.serverKeys());
    }
}
