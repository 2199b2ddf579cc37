package io.muster.fleet.aws;

import io.muster.fleet.device.X509Device;

/// A certificate that waits for its thing.
///
/// @param operational    the device with it
/// @param ownershipToken a secret: who has it may register a thing with the certificate
record Created(X509Device operational, String ownershipToken) {

    @Override
    public String toString() {
        return "Created[" + operational + "]";
    }
}
