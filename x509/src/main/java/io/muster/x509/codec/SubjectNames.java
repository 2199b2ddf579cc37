package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// The alternative names of a subject.
public record SubjectNames(List<Name> names) {

    static final int MAX = 100;
    static final SubjectNames NONE = new SubjectNames(List.of());

    /// One name (RFC 5280 section 4.2.1.6).
    public sealed interface Name {

        record Dns(String name) implements Name {}

        record Email(String address) implements Name {}

        record Uri(String uri) implements Name {}

        record Ip(Bytes address) implements Name {}

        record Directory(DistinguishedName name) implements Name {}

        /// A form that nothing here reads.
        record Other(int tag) implements Name {}
    }

    static SubjectNames read(byte[] der) {
        GeneralName[] names = GeneralNames.getInstance(der).getNames();
        if (names.length == 0) {
            throw Unreadable.malformed("alternative names that name nothing");
        }
        if (names.length > MAX) {
            throw new Unreadable(new Finding.TooComplex("alternative names", names.length, MAX));
        }
        List<Name> read = new ArrayList<>();
        for (GeneralName name : names) {
            read.add(read(name));
        }
        return new SubjectNames(List.copyOf(read));
    }

    static Name read(GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> new Name.Dns(text(name).toLowerCase(Locale.ROOT));
            case GeneralName.rfc822Name -> new Name.Email(text(name));
            case GeneralName.uniformResourceIdentifier -> new Name.Uri(text(name));
            case GeneralName.iPAddress ->
                new Name.Ip(Bytes.of(ASN1OctetString.getInstance(name.getName()).getOctets()));
            case GeneralName.directoryName -> new Name.Directory(directory(name));
            default -> new Name.Other(name.getTagNo());
        };
    }

    private static String text(GeneralName name) {
        String text = ASN1IA5String.getInstance(name.getName()).getString();
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            throw Unreadable.malformed("an alternative name with characters that no such name has");
        }
        return text;
    }

    private static DistinguishedName directory(GeneralName name) {
        try {
            X500Name asn1 = X500Name.getInstance(name.getName());
            return DistinguishedName.of(asn1, asn1.getEncoded("DER"));
        } catch (IOException e) {
            throw Unreadable.malformed("a directory name");
        }
    }
}
