package io.muster.core.flow;

import io.muster.core.attestation.Standing;
import io.muster.core.device.Credential;
import io.muster.core.device.Credential.State;
import io.muster.core.device.Device;
import io.muster.core.ledger.Certification;
import io.muster.core.policy.Verdict.Permit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an enrollment makes of a device's certificates. A new one replaces the present one, which goes on proving the
/// device until the new one is used: a lost answer costs nobody an identity.
///
/// @param present what the device has from then on, the newest first
/// @param ended   those that stop proving it
record NextCredentials(List<Credential> present, List<Credential> ended) {

    NextCredentials {
        present = List.copyOf(present);
        ended = List.copyOf(ended);
    }

    static NextCredentials plan(Permit permit, Optional<Certification.Fresh> fresh) {
        Instant now = permit.snapshot().now();
        List<Credential> present = new ArrayList<>();
        List<Credential> ended = new ArrayList<>();
        fresh.ifPresent(it -> present.add(it.credential()));
        for (Credential known : permit.known().map(Device::credentials).orElse(List.of())) {
            Credential next = next(permit, known, fresh.isPresent(), present.size());
            if (next.state() == State.SUPERSEDED && known.state() != State.SUPERSEDED) {
                ended.add(next);
            }
            if (known.notAfter().isAfter(now) || next.proves()) {
                present.add(next);
            }
        }
        return new NextCredentials(present.subList(0, Math.min(present.size(), Device.MAX_CREDENTIALS)), ended);
    }

    private static Credential next(Permit permit, Credential known, boolean replaced, int newer) {
        boolean outdated = permit.rekeyed() || newerIsUsed(permit, known) || newer >= Device.MAX_CREDENTIALS;
        return switch (known.state()) {
            case SUPERSEDED, REVOKED -> known;
            case UNUSED ->
                outdated
                        ? known.as(State.SUPERSEDED)
                        : replaced ? known.as(State.REPLACED) : shows(permit, known) ? known.as(State.CURRENT) : known;
            case CURRENT, REPLACED ->
                outdated ? known.as(State.SUPERSEDED) : replaced ? known.as(State.REPLACED) : known;
        };
    }

    private static boolean shows(Permit permit, Credential known) {
        return permit.attested().shown() instanceof Standing.ByCertificate shown
                && shown.serial().equals(known.serial());
    }

    /// The device shows the newest certificate: those before it have done their duty.
    private static boolean newerIsUsed(Permit permit, Credential known) {
        return known.state() == State.REPLACED
                && permit.attested().shown() instanceof Standing.ByCertificate shown
                && permit.known()
                        .flatMap(Device::currentCredential)
                        .filter(it -> it.serial().equals(shown.serial()))
                        .isPresent();
    }
}
