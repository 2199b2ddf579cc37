package io.muster.fleet.est;

import io.muster.fleet.channel.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x509.Certificate;

/// Certificates as EST sends them: base64 of a CMS SignedData that nobody signed and that holds nothing else
/// (RFC 7030 sections 4.1.3 and 4.2.3, RFC 5272 section 4.1).
sealed interface CertsOnly {

    /// At least one.
    record Certificates(List<Certificate> all) implements CertsOnly {
        public Certificates {
            all = List.copyOf(all);
        }
    }

    record Unreadable(String why) implements CertsOnly {}

    /// Line breaks in the base64 are the server's choice: RFC 8951 section 3.1 has clients accept them anywhere.
    static CertsOnly read(Reply reply) {
        if (!reply.contentType().startsWith("application/pkcs7-mime")) {
            return new Unreadable(
                    "content type is '" + Excerpt.of(reply.contentType()) + "', not application/pkcs7-mime");
        }
        byte[] der;
        try {
            der = Base64.getDecoder().decode(reply.body().replaceAll("[\r\n]", ""));
        } catch (IllegalArgumentException e) {
            return new Unreadable("the answer is not base64");
        }
        try {
            return parse(der);
        } catch (IOException | IllegalArgumentException | IllegalStateException | ClassCastException e) {
            return new Unreadable("the answer is not PKCS #7");
        }
    }

    private static CertsOnly parse(byte[] der) throws IOException {
        if (der.length == 0) {
            return new Unreadable("the answer is empty");
        }
        ContentInfo envelope = ContentInfo.getInstance(ASN1Primitive.fromByteArray(der));
        if (!CMSObjectIdentifiers.signedData.equals(envelope.getContentType()) || envelope.getContent() == null) {
            return new Unreadable("the answer is not SignedData");
        }
        SignedData data = SignedData.getInstance(envelope.getContent());
        if (data.getSignerInfos().size() > 0 || data.getEncapContentInfo().getContent() != null) {
            return new Unreadable("the answer holds more than certificates");
        }
        List<Certificate> certificates = new ArrayList<>();
        if (data.getCertificates() != null) {
            for (ASN1Encodable element : data.getCertificates()) {
                certificates.add(Certificate.getInstance(element));
            }
        }
        return certificates.isEmpty()
                ? new Unreadable("the answer holds no certificate")
                : new Certificates(certificates);
    }
}
