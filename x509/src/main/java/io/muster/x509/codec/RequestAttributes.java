package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import io.muster.core.door.CertificateRequest.AlternativeName;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;

/// The attributes of a request that mean something here (RFC 7030 sections 3.5, 4.2.2 and 4.4.1); others are ignored.
///
/// @param extensions     the extensions that it asks for
/// @param channelBinding whether there is a challenge password
/// @param newSubject     what ChangeSubjectName asks for; an alternative name in it is ignored like any other
/// @param asymmetricKey  identifier of the certificate to which a key made by the server shall be encrypted
/// @param symmetricKey   whether a secret is named instead
record RequestAttributes(
        RequestExtensions extensions,
        boolean channelBinding,
        Optional<DistinguishedName> newSubject,
        Optional<Bytes> asymmetricKey,
        boolean symmetricKey) {

    private static final int MAX_ATTRIBUTES = 32;

    /// RFC 6402 section 2.8: id-cmc 36.
    private static final ASN1ObjectIdentifier CHANGE_SUBJECT_NAME = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.7.36");

    static RequestAttributes read(ASN1Set attributes) throws IOException {
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new Unreadable(new Finding.TooComplex("attributes", attributes.size(), MAX_ATTRIBUTES));
        }
        Reader reader = new Reader();
        for (ASN1Encodable attribute : attributes) {
            reader.add(ASN1Sequence.getInstance(attribute));
        }
        return reader.done();
    }

    private static final class Reader {

        private final Set<ASN1ObjectIdentifier> seen = new HashSet<>();
        private RequestExtensions extensions = new RequestExtensions(List.<AlternativeName>of(), false, Set.of());
        private boolean channelBinding;
        private @Nullable DistinguishedName newSubject;
        private @Nullable Bytes asymmetricKey;
        private boolean symmetricKey;

        private void add(ASN1Sequence attribute) throws IOException {
            ASN1ObjectIdentifier type = ASN1ObjectIdentifier.getInstance(attribute.getObjectAt(0));
            ASN1Set values = ASN1Set.getInstance(attribute.getObjectAt(1));
            if (attribute.size() != 2 || !seen.add(type)) {
                throw Unreadable.malformed("an attribute is there twice or has more than a type and values");
            }
            if (type.equals(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
                extensions = RequestExtensions.read(only(values));
            } else if (type.equals(PKCSObjectIdentifiers.pkcs_9_at_challengePassword)) {
                channelBinding = !text(only(values)).isEmpty();
            } else if (type.equals(CHANGE_SUBJECT_NAME)) {
                newSubject = subject(only(values));
            } else if (type.equals(PKCSObjectIdentifiers.id_aa_asymmDecryptKeyID)) {
                asymmetricKey =
                        Bytes.of(ASN1OctetString.getInstance(only(values)).getOctets());
            } else if (type.equals(PKCSObjectIdentifiers.id_aa_decryptKeyID)) {
                symmetricKey = true;
            }
        }

        private RequestAttributes done() {
            return new RequestAttributes(
                    extensions,
                    channelBinding,
                    Optional.ofNullable(newSubject),
                    Optional.ofNullable(asymmetricKey),
                    symmetricKey);
        }

        private static ASN1Encodable only(ASN1Set values) {
            if (values.size() != 1) {
                throw Unreadable.malformed("an attribute has " + values.size() + " values where it has one");
            }
            return values.getObjectAt(0);
        }

        private static String text(ASN1Encodable value) {
            if (value instanceof ASN1String text) {
                return text.getString();
            }
            throw Unreadable.malformed("its challenge password is not a text");
        }

        /// Both fields are optional, and RFC 6402 gave them the same tag: a name is known by the SETs that it is made
        /// of.
        private static @Nullable DistinguishedName subject(ASN1Encodable value) throws IOException {
            ASN1Sequence change = ASN1Sequence.getInstance(value);
            if (change.size() == 0 || change.getObjectAt(0) instanceof ASN1TaggedObject) {
                return null;
            }
            ASN1Sequence first = ASN1Sequence.getInstance(change.getObjectAt(0));
            if (first.size() == 0 || first.getObjectAt(0) instanceof ASN1TaggedObject) {
                return null;
            }
            DistinguishedName name = SubjectRules.check(X500Name.getInstance(first));
            SubjectRules.commonName(name);
            return name;
        }
    }
}
