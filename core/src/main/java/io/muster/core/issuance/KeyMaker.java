package io.muster.core.issuance;

import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Secret;
import io.muster.core.door.CertificateRequest;

/// Makes keys for devices that cannot make their own. Called by any number of threads.
public interface KeyMaker {

    /// A new key, and a request for it that proves its possession.
    Made make(KeyAlgorithm algorithm);

    /// @param privateKey PKCS#8; it is kept nowhere
    record Made(CertificateRequest request, Secret privateKey) {}
}
