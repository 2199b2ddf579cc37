package io.muster.core.door;

/// The port of doors on which devices stay: who is at the other end of a connection. Blocks; call it on a virtual
/// thread. A fault is thrown, as by [Reception].
public interface Admission {

    /// Recognizes whoever connects with a certificate. A device that comes for the first time with a certificate of a
    /// registered authority is enrolled before this returns.
    Admitted admit(ConnectionRequest request);
}
