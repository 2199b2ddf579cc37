package io.muster.fleet.est;

import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.X509Device;

/// A device that asks for a certificate.
///
/// @param device  who asks, and what proves it: a maker's certificate, a one-time token, the certificate to renew;
///                any other kind has nothing that EST understands
/// @param request what it asks for
public record Applicant(Device device, CertificateRequest request) {

    /// A device that asks for its first certificate, on a new key.
    public static Applicant enrolling(Device device, Keysmith keysmith) {
        return new Applicant(device, keysmith.request(device.registrationId()));
    }

    /// A device that asks for its next certificate, on a new key.
    public static Applicant renewing(X509Device operational, Keysmith keysmith) {
        return new Applicant(operational, keysmith.renewal(operational));
    }
}
