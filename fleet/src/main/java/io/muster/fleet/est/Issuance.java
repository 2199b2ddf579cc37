package io.muster.fleet.est;

import io.muster.fleet.device.X509Device;

/// The ways in which a request for a certificate ends.
public sealed interface Issuance {

    /// A certificate by simpleenroll.
    ///
    /// @param operational the device with it: what it shows from now on, and when it renews
    record Issued(X509Device operational) implements Issuance {}

    /// A certificate by simplereenroll.
    ///
    /// @param operational the device with its new certificate
    record Renewed(X509Device operational) implements Issuance {}

    /// The server answered, and said no.
    ///
    /// @param status  HTTP status
    /// @param message the server's words, cut to a bounded length
    record Refused(int status, String message) implements Issuance {}

    /// No valid answer arrived: no connection, no answer in time, or an answer that brings no certificate for this
    /// device.
    record Lost(String reason) implements Issuance {}
}
