package io.muster.x509.codec;

import io.muster.x509.codec.SubjectNames.Name;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralSubtree;

/// In which names a CA may issue (RFC 5280 section 4.2.1.10).
public final class NameConstraints {

    private static final int MAX_SUBTREES = 100;

    private final List<Name> permitted;
    private final List<Name> excluded;

    private NameConstraints(List<Name> permitted, List<Name> excluded) {
        this.permitted = permitted;
        this.excluded = excluded;
    }

    static NameConstraints read(byte[] der) {
        var asn1 = org.bouncycastle.asn1.x509.NameConstraints.getInstance(der);
        List<Name> permitted = bases(asn1.getPermittedSubtrees());
        List<Name> excluded = bases(asn1.getExcludedSubtrees());
        if (permitted.isEmpty() && excluded.isEmpty()) {
            throw Unreadable.malformed("name constraints that constrain nothing");
        }
        return new NameConstraints(permitted, excluded);
    }

    private static List<Name> bases(GeneralSubtree @org.jspecify.annotations.Nullable [] subtrees) {
        if (subtrees == null) {
            return List.of();
        }
        if (subtrees.length > MAX_SUBTREES) {
            throw new Unreadable(new Finding.TooComplex("name constraints", subtrees.length, MAX_SUBTREES));
        }
        List<Name> bases = new ArrayList<>();
        for (GeneralSubtree subtree : subtrees) {
            bases.add(base(subtree));
        }
        return List.copyOf(bases);
    }

    /// A form that cannot be checked is refused at once, not only when such a name appears below: nobody gets
    /// surprised later.
    private static Name base(GeneralSubtree subtree) {
        boolean wholeTree = subtree.getMinimum().equals(BigInteger.ZERO) && subtree.getMaximum() == null;
        return switch (SubjectNames.read(subtree.getBase())) {
            case Name.Other other -> throw unsupported("names of form " + other.tag());
            case Name.Ip ip
            when ip.address().size() != 8 && ip.address().size() != 32 ->
                throw Unreadable.malformed("an address range of " + ip.address().size() + " bytes");
            case Name name when !wholeTree -> throw unsupported("a minimum or a maximum distance");
            case Name name -> name;
        };
    }

    private static Unreadable unsupported(String what) {
        return new Unreadable(new Finding.UnsupportedNameConstraint(what));
    }

    /// The first name of this certificate in which the CA may not issue, in words.
    public Optional<String> violation(Certificate certificate) {
        return names(certificate)
                .filter(this::isForbidden)
                .map(NameConstraints::text)
                .findFirst();
    }

    private static Stream<Name> names(Certificate certificate) {
        DistinguishedName subject = certificate.subject();
        Stream<Name> directory = subject.isEmpty() ? Stream.of() : Stream.of(new Name.Directory(subject));
        Stream<Name> emails = subject.emailAddresses().stream().map(Name.Email::new);
        Stream<Name> alternatives = certificate.extensions().names().names().stream();
        return Stream.of(directory, emails, alternatives).flatMap(names -> names);
    }

    private boolean isForbidden(Name name) {
        List<Name> sameForm = permitted.stream()
                .filter(base -> base.getClass() == name.getClass())
                .toList();
        boolean outside = !sameForm.isEmpty() && sameForm.stream().noneMatch(base -> Subtree.holds(base, name));
        return outside || excluded.stream().anyMatch(base -> Subtree.mayReach(base, name));
    }

    private static String text(Name name) {
        return switch (name) {
            case Name.Dns dns -> "DNS name " + dns.name();
            case Name.Email email -> "e-mail address " + email.address();
            case Name.Uri uri -> "URI " + uri.uri();
            case Name.Ip ip -> "IP address " + ip.address().hex();
            case Name.Directory directory -> "name " + directory.name().text();
            case Name.Other other -> "name of form " + other.tag();
        };
    }
}
