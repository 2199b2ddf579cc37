package io.muster.x509.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/// What a test wants of a certificate request; without a wish it is an ordinary one, and any wish is granted.
public final class RequestSpec {

    private final KeyPair keys;
    private X500Name subject;
    private PrivateKey signer;
    private String algorithm;
    private SubjectPublicKeyInfo publicKey;
    private int version;
    private final List<Extension> extensions = new ArrayList<>();
    private final List<ASN1Encodable> attributes = new ArrayList<>();

    private RequestSpec(X500Name subject, KeyPair keys) {
        this.subject = subject;
        this.keys = keys;
        this.signer = keys.getPrivate();
        this.algorithm = usual(keys.getPrivate());
        this.publicKey = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
    }

    public static RequestSpec of(String commonName) {
        return of(commonName, TestKeys.p256());
    }

    public static RequestSpec of(String commonName, KeyPair keys) {
        return new RequestSpec(new X500Name("CN=" + commonName), keys);
    }

    public RequestSpec subject(X500Name name) {
        subject = name;
        return this;
    }

    public RequestSpec version(int number) {
        version = number;
        return this;
    }

    /// A signature by a key that is not the one in it.
    public RequestSpec forgedWith(PrivateKey key) {
        signer = key;
        algorithm = usual(key);
        return this;
    }

    public RequestSpec signedWith(String name) {
        algorithm = name;
        return this;
    }

    public RequestSpec publicKey(SubjectPublicKeyInfo key) {
        publicKey = key;
        return this;
    }

    public RequestSpec extension(ASN1ObjectIdentifier oid, ASN1Encodable value) {
        try {
            return extensionBytes(oid, value.toASN1Primitive().getEncoded("DER"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RequestSpec extensionBytes(ASN1ObjectIdentifier oid, byte[] value) {
        extensions.add(new Extension(oid, false, value));
        return this;
    }

    public RequestSpec attribute(ASN1ObjectIdentifier oid, ASN1Encodable... values) {
        attributes.add(new DERSequence(new ASN1Encodable[] {oid, new DERSet(values)}));
        return this;
    }

    public KeyPair keys() {
        return keys;
    }

    public byte[] der() {
        ASN1EncodableVector all = new ASN1EncodableVector();
        attributes.forEach(all::add);
        if (!extensions.isEmpty()) {
            all.add(new DERSequence(new ASN1Encodable[] {
                PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                new DERSet(new DERSequence(extensions.toArray(ASN1Encodable[]::new)))
            }));
        }
        DERSequence info = new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(version), subject, publicKey, new DERTaggedObject(false, 0, new DERSet(all))
        });
        AlgorithmIdentifier by = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
        try {
            return new DERSequence(new ASN1Encodable[] {info, by, signature(info.getEncoded("DER"))}).getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ASN1BitString signature(byte[] covered) {
        try {
            Signature signature = Signature.getInstance(algorithm, new BouncyCastleProvider());
            signature.initSign(signer);
            signature.update(covered);
            return new DERBitString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String usual(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
    }
}
