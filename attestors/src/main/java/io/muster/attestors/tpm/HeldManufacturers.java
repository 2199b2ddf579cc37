package io.muster.attestors.tpm;

import io.muster.core.device.Name;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Reading;
import io.muster.x509.codec.RevocationList;
import io.muster.x509.codec.RevocationListReader;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.path.Revocations;
import io.muster.x509.path.TrustAnchors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The manufacturers of enrollments, read once and not once a device. Safe for many threads.
final class HeldManufacturers {

    private static final int RECENT = 256;

    private final ChainValidator validator;
    private final Map<Place, Held> held = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Held> eldest) {
            return size() > RECENT;
        }
    };

    HeldManufacturers(ChainValidator validator) {
        this.validator = validator;
    }

    private record Place(Name tenant, Name enrollment) {}

    /// @param proof   of which all else was read
    /// @param ignored how many revocation lists count for nothing
    record Held(Proof.TpmManufacturers proof, TrustAnchors anchors, Revocations revocations, int ignored) {}

    Held of(Enrollment candidate, Proof.TpmManufacturers proof) {
        Place place = new Place(candidate.tenant(), candidate.name());
        Held known;
        synchronized (held) {
            known = held.get(place);
        }
        if (known != null && isSame(known.proof(), proof)) {
            return known;
        }
        Held fresh = read(proof);
        synchronized (held) {
            held.put(place, fresh);
        }
        return fresh;
    }

    /// A proof never changes and its roster keeps it; to compare megabytes of lists would cost more than all else.
    @SuppressWarnings("ReferenceEquality") // equal but not the same is only read again
    private static boolean isSame(Proof.TpmManufacturers one, Proof.TpmManufacturers other) {
        return one == other;
    }

    private Held read(Proof.TpmManufacturers proof) {
        TrustAnchors anchors = new TrustAnchors(
                proof.anchors().stream().map(HeldManufacturers::read).toList());
        List<RevocationList> lists = proof.revocations().stream()
                .map(list -> RevocationListReader.read(list.toArray()))
                .flatMap(Optional::stream)
                .toList();
        Revocations revocations = validator.revocations(anchors, lists);
        int unread = proof.revocations().size() - lists.size();
        return new Held(proof, anchors, revocations, unread + revocations.ignored());
    }

    /// What does not read here was not registered through the front door.
    private static Certificate read(Anchor anchor) {
        return switch (CertificateReader.read(anchor.certificate().toArray())) {
            case Reading.Read read -> read.certificate();
            case Reading.Refused refused ->
                throw new IllegalStateException("The registered manufacturer " + anchor.subject()
                        + " cannot be read any more: " + refused.finding().says());
        };
    }
}
