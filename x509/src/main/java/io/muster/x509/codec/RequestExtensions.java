package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.door.CertificateRequest.AlternativeName.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;

/// The extensions that a request asks for (RFC 2985 section 5.4.2). Those that are not named here are ignored,
/// critical or not: nothing is ever copied from a request.
///
/// @param authority whether it asks to issue certificates or CRLs
/// @param purposes  extended key usages as OIDs
record RequestExtensions(List<AlternativeName> names, boolean authority, Set<String> purposes) {

    private static final int MAX_EXTENSIONS = 32;
    private static final int MAX_NAMES = 64;
    private static final int MAX_NAME = 1024;
    private static final int MAX_PURPOSES = 32;

    static RequestExtensions read(ASN1Encodable value) {
        ASN1Sequence listed = ASN1Sequence.getInstance(value);
        if (listed.size() > MAX_EXTENSIONS) {
            throw new Unreadable(new Finding.TooComplex("extensions", listed.size(), MAX_EXTENSIONS));
        }
        List<Extension> extensions = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (ASN1Encodable element : listed) {
            Extension extension = Extension.getInstance(element);
            if (!seen.add(extension.getExtnId().getId())) {
                throw Unreadable.malformed("it asks for an extension twice");
            }
            extensions.add(extension);
        }
        return new RequestExtensions(names(extensions), authority(extensions), purposes(extensions));
    }

    private static Optional<byte[]> value(List<Extension> extensions, ASN1ObjectIdentifier oid) {
        Optional<byte[]> found = extensions.stream()
                .filter(extension -> extension.getExtnId().equals(oid))
                .map(extension -> extension.getExtnValue().getOctets())
                .findFirst();
        found.ifPresent(DerShape::check);
        return found;
    }

    private static boolean authority(List<Extension> extensions) {
        boolean isCa = value(extensions, Extension.basicConstraints)
                .map(der -> BasicConstraints.getInstance(der).isCA())
                .orElse(false);
        boolean signs = value(extensions, Extension.keyUsage)
                .map(KeyUsage::getInstance)
                .filter(usage -> usage.hasUsages(KeyUsage.keyCertSign) || usage.hasUsages(KeyUsage.cRLSign))
                .isPresent();
        return isCa || signs;
    }

    private static Set<String> purposes(List<Extension> extensions) {
        return value(extensions, Extension.extendedKeyUsage)
                .map(RequestExtensions::purposes)
                .orElse(Set.of());
    }

    private static Set<String> purposes(byte[] der) {
        KeyPurposeId[] purposes = ExtendedKeyUsage.getInstance(der).getUsages();
        if (purposes.length == 0) {
            throw Unreadable.malformed("a list of extended key usages that lists nothing");
        }
        if (purposes.length > MAX_PURPOSES) {
            throw new Unreadable(new Finding.TooComplex("extended key usages", purposes.length, MAX_PURPOSES));
        }
        return Arrays.stream(purposes).map(KeyPurposeId::getId).collect(Collectors.toUnmodifiableSet());
    }

    private static List<AlternativeName> names(List<Extension> extensions) {
        return value(extensions, Extension.subjectAlternativeName)
                .map(RequestExtensions::names)
                .orElse(List.of());
    }

    private static List<AlternativeName> names(byte[] der) {
        ASN1Sequence listed = ASN1Sequence.getInstance(der);
        if (listed.size() > MAX_NAMES) {
            throw new Unreadable(new Finding.TooComplex("alternative names", listed.size(), MAX_NAMES));
        }
        return Arrays.stream(GeneralNames.getInstance(listed).getNames())
                .map(RequestExtensions::name)
                .toList();
    }

    private static AlternativeName name(GeneralName asn1) {
        AlternativeName name =
                switch (SubjectNames.read(asn1)) {
                    case SubjectNames.Name.Dns it -> new AlternativeName(Kind.DNS, it.name());
                    case SubjectNames.Name.Email it -> new AlternativeName(Kind.EMAIL, it.address());
                    case SubjectNames.Name.Uri it -> new AlternativeName(Kind.URI, it.uri());
                    case SubjectNames.Name.Ip it -> new AlternativeName(Kind.IP, address(it.address()));
                    case SubjectNames.Name.Directory it ->
                        new AlternativeName(
                                Kind.OTHER, "directory name " + it.name().text());
                    case SubjectNames.Name.Other it -> new AlternativeName(Kind.OTHER, other(asn1, it.tag()));
                };
        if (name.value().length() > MAX_NAME) {
            throw Unreadable.malformed("an alternative name of more than " + MAX_NAME + " characters");
        }
        return name;
    }

    private static String other(GeneralName name, int tag) {
        return tag == GeneralName.otherName
                ? OtherName.getInstance(name.getName()).getTypeID().getId()
                : "tag " + tag;
    }

    private static String address(Bytes address) {
        try {
            return InetAddress.getByAddress(address.toArray()).getHostAddress();
        } catch (UnknownHostException e) {
            throw Unreadable.malformed("an address of " + address.size() + " bytes among its alternative names");
        }
    }
}
