package io.muster.core.door;

/// The port of doors at which devices connect that were enrolled before: whether this is their hub, and who they are.
/// Blocks; call it on a virtual thread. A fault is thrown, as by [Reception].
public interface HubAdmission {

    /// Recognizes a device. Nobody is enrolled here: identity and connectivity are separate, and whoever is assigned to
    /// another hub is refused.
    Admitted admit(HubRequest request);

    /// Watches over a connection as [Admission#stay] does; that of a token ends with the token, too.
    Stay stay(Admitted.Inside inside, Runnable ends);
}
