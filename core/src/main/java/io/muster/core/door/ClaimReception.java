package io.muster.core.door;

/// The port of doors whose devices come with a claim (AWS fleet provisioning). Every method blocks until its answer is
/// durable; call it on a virtual thread. A fault is thrown, as by [Reception].
public interface ClaimReception {

    /// Creates a certificate for whoever holds the claim: it proves nothing until a device is registered with it.
    Creating create(CreationRequest request);

    /// Registers a device with a certificate that was created for it. The same token with the same parameters leads to
    /// the same device, always.
    Registering register(RegistrationRequest request);
}
