package io.muster.fleet.floor;

/// What the floor does for a device once its certificate is found good.
public enum Duty {
    /// It says nothing: 200 without a body.
    EMPTY_ANSWER,
    /// It verifies the signature of the PKCS #10 request that the device posts, signs a certificate and answers with
    /// it as EST does.
    CERTIFICATE
}
