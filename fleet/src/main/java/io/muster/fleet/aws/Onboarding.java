package io.muster.fleet.aws;

import io.muster.fleet.device.X509Device;

/// The ways in which the provisioning of a device ends.
public sealed interface Onboarding {

    /// It has a certificate and is a thing; where it was to report, the server acknowledged its first message. Whether
    /// the server knew it before is nothing that the protocol tells.
    ///
    /// @param thing       the name that it was given
    /// @param operational the device with its new certificate
    record Enrolled(String thing, X509Device operational) implements Onboarding {}

    /// The server answered, and said no.
    ///
    /// @param status  the answer's `statusCode`; where the broker refused connection or subscription, its code
    /// @param code    the server's error code
    /// @param message the server's words, cut to a bounded length
    record Refused(int status, String code, String message) implements Onboarding {}

    /// No valid answer arrived: no connection, no answer in time, or an answer that an SDK could not use.
    record Lost(String reason) implements Onboarding {}
}
