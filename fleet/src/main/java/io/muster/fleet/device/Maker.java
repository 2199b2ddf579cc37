package io.muster.fleet.device;

import java.security.KeyPair;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// A maker of devices: a root CA, an intermediate CA under it, and every device certified by the intermediate.
public final class Maker {

    private final Mint mint;
    private final X500Name issuer;
    private final KeyPair issuerKey;
    private final String rootPem;
    private final String intermediatePem;

    private Maker(Mint mint, X500Name issuer, KeyPair issuerKey, String rootPem, String intermediatePem) {
        this.mint = mint;
        this.issuer = issuer;
        this.issuerKey = issuerKey;
        this.rootPem = rootPem;
        this.intermediatePem = intermediatePem;
    }

    /// A new maker with new keys. Two makers of one name are strangers whose certificates look alike.
    public static Maker found(String name) {
        Mint mint = new Mint();
        X500Name root = commonName(name + " Root CA");
        X500Name intermediate = commonName(name + " Device CA");
        KeyPair rootKey = mint.keyPair();
        KeyPair intermediateKey = mint.keyPair();
        byte[] rootCertificate = mint.certificate(root, rootKey, root, rootKey, Usage.authority(1));
        byte[] intermediateCertificate =
                mint.certificate(root, rootKey, intermediate, intermediateKey, Usage.authority(0));
        return new Maker(
                mint,
                intermediate,
                intermediateKey,
                Pem.encode("CERTIFICATE", rootCertificate),
                Pem.encode("CERTIFICATE", intermediateCertificate));
    }

    /// The root certificate: what an operator registers to let this maker's devices in.
    public String rootPem() {
        return rootPem;
    }

    /// The certificate of the CA that signs the devices.
    public String intermediatePem() {
        return intermediatePem;
    }

    /// One device with a key pair and a certificate of its own.
    public X509Device make(String registrationId) {
        KeyPair key = mint.keyPair();
        byte[] certificate = mint.certificate(issuer, issuerKey, commonName(registrationId), key, Usage.device());
        return new X509Device(registrationId, certificate, key.getPrivate().getEncoded(), intermediatePem);
    }

    /// Many devices, on all cores; in the order of the names.
    public List<X509Device> makeAll(List<String> registrationIds) {
        return registrationIds.parallelStream().map(this::make).toList();
    }

    /// A TLS identity for a server on this machine (localhost, 127.0.0.1), certified like a device.
    public X509Device makeLocalServer() {
        KeyPair key = mint.keyPair();
        GeneralNames names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
        byte[] certificate = mint.certificate(issuer, issuerKey, commonName("localhost"), key, Usage.server(names));
        return new X509Device("localhost", certificate, key.getPrivate().getEncoded(), intermediatePem);
    }

    private static X500Name commonName(String name) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
    }
}
