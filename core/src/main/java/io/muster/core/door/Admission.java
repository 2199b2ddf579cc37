package io.muster.core.door;

/// The port of doors on which devices stay: who is at the other end of a connection. Blocks; call it on a virtual
/// thread. A fault is thrown, as by [Reception].
public interface Admission {

    /// Recognizes whoever connects with a certificate. A device that comes for the first time with a certificate of a
    /// registered authority is enrolled before this returns.
    Admitted admit(ConnectionRequest request);

    /// Watches over a connection that was let in. Where its device, its certificate, its enrollment or its claim stands
    /// no longer, on whatever node that was said, `ends` is told so within two seconds, once. Does not block.
    Stay stay(Admitted.Inside inside, Runnable ends);
}
