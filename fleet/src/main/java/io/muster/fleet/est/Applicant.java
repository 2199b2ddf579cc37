package io.muster.fleet.est;

import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Device;

/// A device that asks for a certificate.
///
/// @param device  who asks, and what proves it: a maker's certificate, a one-time token, the certificate to renew;
///                any other kind has nothing that EST understands
/// @param request what it asks for
public record Applicant(Device device, CertificateRequest request) {}
