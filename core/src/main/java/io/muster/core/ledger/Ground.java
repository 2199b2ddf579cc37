package io.muster.core.ledger;

import io.muster.core.attestation.Attested;
import io.muster.core.attestation.Basis;
import io.muster.core.attestation.Standing;
import io.muster.core.connectivity.Advised;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.policy.Facts;
import io.muster.core.policy.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the decision on a try rested on, the roster apart: enough to decide it again under another version of its
/// enrollment. Rules ask whether things are equal, so it is kept what was equal to what, not the things.
///
/// @param key   the identity key
/// @param shown on what the proof stood
/// @param basis on what of the enrollment it stood
/// @param named whether the request named the enrollment
/// @param known what was known at that moment
/// @param wish  the certificate that was asked for
/// @param late  whether the refusal came after the decision, when a certificate was signed or the act was recorded
/// @param said  what it said of itself; empty where it said nothing
/// @param advised what a hook said; empty where none was asked
public record Ground(
        IdentityKey key,
        Standing shown,
        Basis basis,
        boolean named,
        Known known,
        Optional<Wish> wish,
        boolean late,
        Optional<Said> said,
        Optional<Advised> advised) {

    /// That of a try that said nothing of itself.
    public Ground(
            IdentityKey key,
            Standing shown,
            Basis basis,
            boolean named,
            Known known,
            Optional<Wish> wish,
            boolean late) {
        this(key, shown, basis, named, known, wish, late, Optional.empty(), Optional.empty());
    }

    /// What a device said of itself. Schemas ask for more than equality: so the words are kept, if they are few.
    ///
    /// @param words  as it came; empty where that was too long to keep
    /// @param misfit where it broke the schema of that time
    public record Said(Optional<Json> words, Optional<Facts.Misfit> misfit) {

        /// The longest words that are kept, in characters.
        public static final int MAX_WORDS = 512;
    }

    /// What was known.
    ///
    /// @param device       of the device of that name
    /// @param keyElsewhere whether the identity key was another device's
    public record Known(Optional<Before> device, boolean keyElsewhere, boolean nameBlocked, boolean keyBlocked) {}

    /// The device before the try.
    ///
    /// @param sameKey      whether the identity key was its own
    /// @param hub          where it was
    /// @param sameElse     whether nothing else is believed of it than before, and its hub's endpoint was the same
    /// @param certificates those of it that were remembered, the newest first
    public record Before(
            DeviceState state,
            boolean sameKey,
            Name hub,
            Name enrollment,
            Optional<String> type,
            boolean sameElse,
            List<Held> certificates) {
        public Before {
            certificates = List.copyOf(certificates);
        }
    }

    /// A certificate of the device.
    ///
    /// @param tail         the last two octets of its serial number, on which its renewal window hangs
    /// @param shown        whether the device showed it
    /// @param askedKey     whether it is for the key that was to be certified
    /// @param askedSubject whether its subject is the one that was asked for
    public record Held(
            Credential.State state,
            Instant issuedAt,
            Instant notAfter,
            int tail,
            boolean shown,
            boolean askedKey,
            boolean askedSubject) {}

    /// A certificate that was asked for.
    ///
    /// @param asked        what was asked for besides a signature; empty where that was too long to keep
    /// @param keyElsewhere whether the key was another device's
    /// @param keyBlocked   whether the key was blocked
    public record Wish(
            Purpose purpose, KeyAlgorithm algorithm, Optional<Asked> asked, boolean keyElsewhere, boolean keyBlocked) {}

    private static final int MOST_ASKED = 16;
    private static final int LONGEST_ASKED = 1_000;

    /// The ground of a decision.
    public static Ground of(Attested attested, Snapshot snapshot, boolean late) {
        RegistrationId name = attested.request().registrationId();
        Known known = new Known(
                snapshot.byName().map(device -> before(device, attested, snapshot.facts())),
                elsewhere(snapshot.keyHolder(), name),
                snapshot.nameBlocked(),
                snapshot.keyBlocked());
        boolean named = attested.request().enrollment().isPresent();
        Optional<Wish> wish = attested.request().certificate().map(request -> wish(request, snapshot, name));
        return new Ground(
                attested.key(),
                attested.shown(),
                attested.basis(),
                named,
                known,
                wish,
                late,
                said(attested, snapshot),
                snapshot.advised().map(Advised::bare));
    }

    private static Optional<Said> said(Attested attested, Snapshot snapshot) {
        Optional<Facts.Misfit> misfit =
                snapshot.facts() instanceof Facts.Misfit it ? Optional.of(it) : Optional.empty();
        return attested.request()
                .payload()
                .map(words -> new Said(Optional.of(words).filter(it -> it.text().length() <= Said.MAX_WORDS), misfit));
    }

    private static Before before(Device device, Attested attested, Facts facts) {
        boolean sameFacts = facts instanceof Facts.Believed it && it.values().equals(device.payload());
        boolean sameEndpoint = attested.recognized().hubs().stream()
                .filter(hub -> hub.name().equals(device.assignment().hub()))
                .allMatch(hub -> hub.assignment().equals(device.assignment()));
        return new Before(
                device.state(),
                device.identityKeys().contains(attested.key()),
                device.assignment().hub(),
                device.origin().enrollment(),
                device.type(),
                sameFacts && sameEndpoint,
                device.credentials().stream().map(it -> held(it, attested)).toList());
    }

    private static Held held(Credential credential, Attested attested) {
        byte[] serial = credential.serial().octets().toArray();
        int tail = ((serial[serial.length - 2] & 0xff) << 8) | (serial[serial.length - 1] & 0xff);
        Optional<CertificateRequest> request = attested.request().certificate();
        return new Held(
                credential.state(),
                credential.issuedAt(),
                credential.notAfter(),
                tail,
                attested.shown() instanceof Standing.ByCertificate shown
                        && shown.serial().equals(credential.serial()),
                request.filter(it -> it.key().equals(credential.key())).isPresent(),
                request.filter(it -> it.asked().subject().equals(credential.subject()))
                        .isPresent());
    }

    private static Wish wish(CertificateRequest request, Snapshot snapshot, RegistrationId name) {
        return new Wish(
                request.purpose(),
                request.algorithm(),
                Optional.of(request.asked()).filter(Ground::isShort),
                elsewhere(snapshot.requestedKey().holder(), name),
                snapshot.requestedKey().blocked());
    }

    private static boolean isShort(Asked asked) {
        int characters = asked.subject().length()
                + asked.newSubject().map(String::length).orElse(0)
                + asked.names().stream().mapToInt(it -> it.value().length()).sum()
                + asked.purposes().stream().mapToInt(String::length).sum();
        return asked.names().size() + asked.purposes().size() <= MOST_ASKED && characters <= LONGEST_ASKED;
    }

    private static boolean elsewhere(Optional<RegistrationId> holder, RegistrationId name) {
        return holder.filter(it -> !it.equals(name)).isPresent();
    }
}
