package io.muster.core.access;

/// What can be done at the desk. Every operation of the admin API is one of these; [Role] says who may.
public enum Action {
    READ_INSTALLATION,
    READ_METRICS,
    READ_TENANT,
    CREATE_TENANT,
    /// Hubs and regions.
    READ_HUB,
    CHANGE_HUB,
    READ_ENROLLMENT,
    /// Let one device in, by its name.
    ADD_INDIVIDUAL,
    /// Groups, and whatever changes an enrollment that is there.
    CHANGE_ENROLLMENT,
    ROTATE_ENROLLMENT_KEYS,
    READ_ANCHOR,
    CHANGE_ANCHOR,
    READ_PROFILE,
    CHANGE_PROFILE,
    /// Policies of AWS IoT that have a name.
    READ_POLICY,
    CHANGE_POLICY,
    READ_TOKEN,
    MAKE_TOKEN,
    REVOKE_TOKEN,
    READ_CLAIM,
    /// For one device, of five minutes.
    MAKE_TRUSTED_CLAIM,
    /// Upload a certificate that lets many devices in, and revoke any claim.
    CHANGE_CLAIM,
    READ_DEVICE,
    QUARANTINE_DEVICE,
    DECOMMISSION_DEVICE,
    /// Certificates of devices, and the authority that issues them.
    READ_CERTIFICATE,
    REVOKE_CERTIFICATE,
    /// Attempts, and operations that wait.
    READ_ATTEMPT,
    /// Decide without effect: test a sample, replay what was recorded.
    TEST_POLICY,
    READ_AUDIT,
    READ_SINK,
    /// Pause, resume, replay.
    CHANGE_SINK,
    /// See what devices say, as it comes.
    READ_TELEMETRY,
    READ_KEY,
    MANAGE_KEYS
}
