package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.io.IOException;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// A PKCS#10 request taken apart (RFC 2986 section 4.2): its fields are there, none of them has been looked at.
///
/// @param seal       the requester's signature
/// @param attributes empty where the field is absent, as some requesters have it
record RequestParts(Certificate.Seal seal, X500Name subject, SubjectPublicKeyInfo key, ASN1Set attributes) {

    static RequestParts of(byte[] der) throws IOException {
        DerShape.check(der);
        ASN1Sequence request = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
        if (request.size() != 3) {
            throw Unreadable.malformed("it does not have the three parts of a certificate request");
        }
        ASN1Sequence info = ASN1Sequence.getInstance(request.getObjectAt(0));
        if (info.size() < 3 || info.size() > 4) {
            throw Unreadable.malformed("its body does not have the four parts of a certificate request");
        }
        if (!ASN1Integer.getInstance(info.getObjectAt(0)).hasValue(0)) {
            throw Unreadable.malformed("its version is not 0");
        }
        AlgorithmIdentifier algorithm = AlgorithmIdentifier.getInstance(request.getObjectAt(1));
        byte[] signature = ASN1BitString.getInstance(request.getObjectAt(2)).getOctets();
        return new RequestParts(
                new Certificate.Seal(
                        SignatureScheme.of(algorithm),
                        algorithm.getAlgorithm().getId(),
                        DerShape.firstElement(der),
                        Bytes.of(signature)),
                X500Name.getInstance(info.getObjectAt(1)),
                SubjectPublicKeyInfo.getInstance(info.getObjectAt(2)),
                info.size() == 3 ? new DERSet() : attributes(ASN1TaggedObject.getInstance(info.getObjectAt(3))));
    }

    private static ASN1Set attributes(ASN1TaggedObject field) {
        if (!field.hasContextTag(0)) {
            throw Unreadable.malformed("an unknown field after its key");
        }
        return ASN1Set.getInstance(field, false);
    }
}
