package io.muster.attestors.tpm;

import io.muster.attestors.tpm.structure.AttestationKey;
import io.muster.attestors.tpm.structure.EndorsementKey;
import io.muster.attestors.tpm.structure.Flaw;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.attestors.tpm.structure.PublicAreaReader;
import io.muster.attestors.tpm.structure.Reading;
import io.muster.attestors.tpm.structure.StorageKey;
import io.muster.attestors.tpm.structure.TpmKeyRules;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.Evidence.TpmChip;
import java.util.function.Function;

/// The two keys of a chip that a device shows, held to the rules for keys of their role.
///
/// @param spki     the endorsement key as certificates hold it, DER
/// @param identity what the endorsement key makes the device
record ShownKeys(EndorsementKey endorsement, Bytes spki, IdentityKey identity, Protected key) {

    /// The key whose presence in the same chip shall be proved.
    sealed interface Protected {

        record Attestation(AttestationKey value) implements Protected {}

        record StorageRoot(StorageKey value) implements Protected {}
    }

    /// What came of reading them.
    sealed interface Outcome {

        record Understood(ShownKeys keys) implements Outcome {}

        /// @param which which key, in words
        record Refused(String which, Flaw flaw) implements Outcome {}
    }

    static Outcome read(TpmChip chip) {
        return switch (read(chip.endorsementKey(), TpmKeyRules::endorsement)) {
            case Reading.Refused<EndorsementKey> refused -> new Outcome.Refused("endorsement key", refused.flaw());
            case Reading.Read<EndorsementKey> read ->
                switch (chip.role()) {
                    case ATTESTATION ->
                        outcome(
                                read.value(),
                                "attestation key",
                                read(chip.protectedKey(), TpmKeyRules::attestation),
                                Protected.Attestation::new);
                    case STORAGE_ROOT ->
                        outcome(
                                read.value(),
                                "storage root key",
                                read(chip.protectedKey(), TpmKeyRules::storage),
                                Protected.StorageRoot::new);
                };
        };
    }

    private static <K> Outcome outcome(
            EndorsementKey endorsement, String which, Reading<K> key, Function<K, Protected> kind) {
        return switch (key) {
            case Reading.Refused<K> refused -> new Outcome.Refused(which, refused.flaw());
            case Reading.Read<K> read -> {
                Bytes spki = endorsement.area().subjectPublicKeyInfo();
                IdentityKey identity = IdentityKey.ofEndorsementKey(spki.toArray());
                yield new Outcome.Understood(new ShownKeys(endorsement, spki, identity, kind.apply(read.value())));
            }
        };
    }

    private static <K> Reading<K> read(Bytes tpm2bPublic, Function<PublicArea, Reading<K>> rules) {
        return switch (PublicAreaReader.sized(tpm2bPublic.toArray())) {
            case Reading.Refused<PublicArea> refused -> new Reading.Refused<>(refused.flaw());
            case Reading.Read<PublicArea> read -> rules.apply(read.value());
        };
    }

    /// The name of the key that is bound to the endorsement key by a credential.
    Bytes name() {
        return switch (key) {
            case Protected.Attestation it -> it.value().area().name();
            case Protected.StorageRoot it -> it.value().area().name();
        };
    }

    String words() {
        return "endorsement key " + identity.fingerprint() + ", "
                + switch (key) {
                    case Protected.Attestation ignored -> "attestation key ";
                    case Protected.StorageRoot ignored -> "storage root key ";
                }
                + name().hex();
    }
}
