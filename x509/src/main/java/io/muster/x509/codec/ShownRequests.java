package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.RequestReader;

/// Reads certificate requests for rooms that do not know this one.
public final class ShownRequests implements RequestReader {

    @Override
    public Reading read(Bytes der) {
        return switch (CertificateRequestReader.read(der.toArray(), Purpose.ENROLL)) {
            case CertificateRequestReader.Reading.Read read -> new Reading.Read(read.request());
            case CertificateRequestReader.Reading.Refused refused -> new Reading.Unreadable(refused.refusal());
        };
    }
}
