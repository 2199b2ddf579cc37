package io.muster.fleet.est;

import io.muster.fleet.device.X509Device;

/// What a device may ask of the authority.
enum Operation {
    /// A first certificate.
    ENROLL("simpleenroll"),
    /// The next one, by the one that it has.
    REENROLL("simplereenroll");

    private final String path;

    Operation(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    Issuance success(X509Device operational) {
        return switch (this) {
            case ENROLL -> new Issuance.Issued(operational);
            case REENROLL -> new Issuance.Renewed(operational);
        };
    }
}
