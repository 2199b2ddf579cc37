package io.muster.core.roster;

import io.muster.core.connectivity.Allocation;
import io.muster.core.device.FactName;
import io.muster.core.device.Json;
import java.util.List;
import java.util.Optional;

/// How an enrollment treats its devices.
///
/// @param allocation  which hub a device is put on
/// @param reprovision what happens to the assignment of a device that comes again
/// @param keyChange   whether a known device may come with a new identity key
/// @param deviceId    how the outward id of a new device is made
/// @param type        the device type given to its devices, at most 64 characters
/// @param payload     the object handed to each device when it enrolls
/// @param certificates on what terms its devices get certificates
/// @param searchable  facts of its devices by which operators find them, at most [#MAX_SEARCHABLE]
/// @param admission   whether a new device may come in at once
/// @param template    what makes its devices, in the grammar of AWS IoT
/// @param facts       what is believed of what its devices say of themselves
public record Treatment(
        Allocation allocation,
        Reprovision reprovision,
        KeyChange keyChange,
        DeviceIdTemplate deviceId,
        Optional<String> type,
        Optional<Json> payload,
        CertificateTerms certificates,
        List<FactName> searchable,
        Admission admission,
        Optional<ProvisioningTemplate> template,
        FactTerms facts) {

    public static final int MAX_SEARCHABLE = 8;

    public Treatment {
        searchable = List.copyOf(searchable);
    }

    /// One that believes what its devices say.
    public Treatment(
            Allocation allocation,
            Reprovision reprovision,
            KeyChange keyChange,
            DeviceIdTemplate deviceId,
            Optional<String> type,
            Optional<Json> payload,
            CertificateTerms certificates,
            List<FactName> searchable,
            Admission admission,
            Optional<ProvisioningTemplate> template) {
        this(
                allocation,
                reprovision,
                keyChange,
                deviceId,
                type,
                payload,
                certificates,
                searchable,
                admission,
                template,
                FactTerms.NONE);
    }

    /// One without a template that lets new devices in at once.
    public Treatment(
            Allocation allocation,
            Reprovision reprovision,
            KeyChange keyChange,
            DeviceIdTemplate deviceId,
            Optional<String> type,
            Optional<Json> payload,
            CertificateTerms certificates,
            List<FactName> searchable) {
        this(
                allocation,
                reprovision,
                keyChange,
                deviceId,
                type,
                payload,
                certificates,
                searchable,
                Admission.AT_ONCE,
                Optional.empty());
    }

    /// One without searchable facts.
    public Treatment(
            Allocation allocation,
            Reprovision reprovision,
            KeyChange keyChange,
            DeviceIdTemplate deviceId,
            Optional<String> type,
            Optional<Json> payload,
            CertificateTerms certificates) {
        this(allocation, reprovision, keyChange, deviceId, type, payload, certificates, List.of());
    }

    /// One with the standard terms for certificates.
    public Treatment(
            Allocation allocation,
            Reprovision reprovision,
            KeyChange keyChange,
            DeviceIdTemplate deviceId,
            Optional<String> type,
            Optional<Json> payload) {
        this(allocation, reprovision, keyChange, deviceId, type, payload, CertificateTerms.standard());
    }

    /// What happens to the assignment of a device that comes again (Azure's reprovision policy).
    public enum Reprovision {
        /// It stays where it is for as long as its hub is there.
        KEEP,
        /// It is placed anew, and takes its data with it.
        MIGRATE,
        /// It is placed anew, and starts anew where it moves to.
        RESET
    }

    /// Whether a new device may come in at once.
    public enum Admission {
        AT_ONCE,
        /// It is written down, in quarantine, until an operator releases it (AWS: just-in-time registration).
        APPROVAL
    }

    /// Whether a known device may come with a new identity key.
    public enum KeyChange {
        REFUSE,
        ALLOW
    }
}
