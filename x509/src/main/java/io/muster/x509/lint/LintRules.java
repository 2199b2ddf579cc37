package io.muster.x509.lint;

import io.muster.core.device.Bytes;
import io.muster.core.device.Serial;
import io.muster.core.roster.CertificateProfile;
import io.muster.x509.codec.DerElement;
import io.muster.x509.codec.Validity;
import io.muster.x509.lint.Draft.Extension;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Every rule that a certificate must keep before it is signed, each with its source. "Practice" is what devices and
/// their libraries are known to need.
public final class LintRules {

    /// @param source where it comes from
    /// @param broken whether a draft breaks it
    /// @param says   what was found then
    private record Rule(String name, String source, BiPredicate<Draft, LintTerms> broken, String says) {}

    private static Named rule(String name, String source) {
        return broken -> says -> new Rule(name, source, broken, says);
    }

    private interface Named {
        Worded broken(BiPredicate<Draft, LintTerms> broken);
    }

    private interface Worded {
        Rule says(String says);
    }

    /// @param rule   its name, in snake case
    /// @param source where the rule comes from
    /// @param says   what was found, in words
    public record Finding(String rule, String source, String says) {}

    /// The extensions that certificates have here, and which of them are critical.
    private static final Map<String, Boolean> CRITICAL = Map.of(
            Oids.SUBJECT_KEY_ID, false,
            Oids.AUTHORITY_KEY_ID, false,
            Oids.KEY_USAGE, true,
            Oids.PURPOSES, false,
            Oids.ALTERNATIVE_NAMES, false,
            Oids.BASIC_CONSTRAINTS, true,
            Oids.POLICIES, false,
            Oids.CRL_POINTS, false,
            Oids.AUTHORITY_INFORMATION, false);

    private static final int LONGEST_BODY = 4_000;
    private static final int LONGEST_SERIAL = 20;
    private static final int RANDOM_FROM = 3;
    private static final int FEWEST_DIFFERENT = 4;

    private static final Finding SHAPELESS =
            new Finding("tbs_certificate_shape", "RFC 5280 4.1", "the bytes are not the DER of a certificate's body");

    private static final List<Rule> FRAME = List.of(
            rule("size_bound", "Practice: TLS stacks with buffers of 4 KB")
                    .broken((draft, terms) -> draft.size() > LONGEST_BODY)
                    .says("the certificate would be longer than " + LONGEST_BODY + " bytes"),
            rule("version_3", "RFC 5280 4.1.2.1")
                    .broken((draft, terms) -> !is(draft.version(), "a003020102"))
                    .says("the version is not 3"),
            rule("serial_number_form", "RFC 5280 4.1.2.2")
                    .broken((draft, terms) ->
                            !isPositive(draft.serial()) || draft.serial().length() > LONGEST_SERIAL)
                    .says("the serial number is not positive, or longer than 20 octets"),
            rule("serial_number_ordered", "RFC 5280 4.1.2.2: unique, so the one that was drawn for it")
                    .broken((draft, terms) -> isPositive(draft.serial())
                            && draft.serial().length() <= LONGEST_SERIAL
                            && !Serial.of(Bytes.of(draft.serial().content()))
                                    .equals(Optional.of(terms.order().serial())))
                    .says("the serial number is not the one that was ordered"),
            rule("serial_number_entropy", "CA/Browser Forum baseline requirements 7.1: 64 random bits")
                    .broken((draft, terms) -> !looksRandom(draft.serial().content()))
                    .says("the random part of the serial number is not random"),
            rule("signature_algorithm", "RFC 5280 4.1.2.3, RFC 5758 3.2")
                    .broken((draft, terms) -> !is(draft.algorithm(), "300a06082a8648ce3d040302"))
                    .says("the signature algorithm is not ecdsa-with-SHA256 without parameters"),
            rule("issuer_name", "RFC 5280 6.1.3 (a)(4)")
                    .broken((draft, terms) ->
                            !isSame(draft.issuer(), terms.issuing().subject().der()))
                    .says("the issuer is not the subject of the issuing authority, byte for byte"),
            rule("no_unique_ids", "RFC 5280 4.1.2.8")
                    .broken((draft, terms) -> !draft.rest().isEmpty())
                    .says("there is a field between the key and the extensions"));

    private static final List<Rule> VALIDITY = List.of(
            rule("time_form", "RFC 5280 4.1.2.5")
                    .broken((draft, terms) -> draft.validity().isEmpty())
                    .says("a time is not to the second in UTC, as UTCTime through 2049, as GeneralizedTime from 2050"),
            rule("validity_order", "RFC 5280 4.1.2.5")
                    .broken((draft, terms) -> isValidity(
                            draft,
                            it -> !it.notBefore().isBefore(it.notAfter())
                                    || it.endedBefore(terms.order().now())))
                    .says("the validity ends before it begins or before now"),
            rule("validity_within_issuer", "RFC 5280 6.1.3 (a)(2): no certificate outlives its issuer")
                    .broken((draft, terms) -> isValidity(
                            draft,
                            it -> terms.issuing().validity().startsAfter(it.notBefore())
                                    || terms.issuing().validity().endedBefore(it.notAfter())))
                    .says("the validity is not within that of the issuing authority"),
            rule("validity_of_profile", "The profile's life")
                    .broken((draft, terms) -> isValidity(draft, it -> it.notAfter()
                            .isAfter(terms.order().now().plus(profile(terms).life()))))
                    .says("the certificate would live for longer than its profile says"),
            rule("backdating_of_profile", "The profile's backdating")
                    .broken((draft, terms) -> isValidity(
                            draft,
                            it -> it.startsAfter(terms.order().now())
                                    || it.notBefore()
                                            .plusSeconds(1)
                                            .isBefore(terms.order()
                                                    .now()
                                                    .minus(profile(terms).backdating()))))
                    .says("the certificate would begin in the future, or earlier than its profile says"));

    private static final List<Rule> SUBJECT = List.of(
            rule("subject_present", "RFC 5280 4.1.2.6, IEEE 802.1AR 8.6")
                    .broken((draft, terms) -> draft.subject().isEmpty())
                    .says("the subject is empty"),
            rule("subject_strings", "RFC 5280 4.1.2.4 and 4.1.2.6")
                    .broken((draft, terms) -> !draft.subject().stream().allMatch(DraftSubject::isSoundText))
                    .says("a value in the subject has a string type or characters that not everybody reads alike"),
            rule("subject_bounds", "RFC 5280 appendix A.1")
                    .broken((draft, terms) -> !draft.subject().stream().allMatch(DraftSubject::isWithinBounds))
                    .says("a value in the subject is longer or shorter than its attribute may be"),
            rule("common_name_bound", "RFC 5280 appendix A.1, ub-common-name")
                    .broken((draft, terms) -> draft.attributes(Oids.COMMON_NAME).stream()
                            .anyMatch(name -> DraftSubject.length(name) > DraftSubject.MAX_COMMON_NAME))
                    .says("the common name has more than 64 characters"),
            rule("common_name_single", "Practice: libraries differ on which of several counts")
                    .broken((draft, terms) -> draft.attributes(Oids.COMMON_NAME).size() > 1)
                    .says("there are several common names"),
            rule("subject_is_identity", "The common name is the registration id; one of more than 64 the user id")
                    .broken((draft, terms) -> !draft.subject().isEmpty()
                            && !DraftSubject.isIdentity(draft, terms.order().registrationId()))
                    .says("the subject does not name the device"));

    private static final List<Rule> KEY = List.of(
            rule("key_strength", "RFC 5480 2.1.1, RFC 8017 3.1, RFC 8410 3, CVE-2017-15361")
                    .broken((draft, terms) -> draft.soundKey().isEmpty())
                    .says("the key is weak, of an unknown kind, or not in its one encoding"),
            rule("key_granted", "The profile's kinds of key")
                    .broken((draft, terms) -> draft.soundKey()
                            .filter(key -> !DraftExtensions.isGranted(key.kind(), profile(terms)))
                            .isPresent())
                    .says("the profile does not certify keys of this kind"),
            rule("key_ordered", "RFC 2986 section 3: the key of which possession was proved, and no other")
                    .broken((draft, terms) -> !isSame(draft.key(), terms.key()))
                    .says("the key is not the one that was ordered"),
            rule("key_not_the_issuers", "Practice: who holds the authority's key is the authority")
                    .broken((draft, terms) ->
                            isSame(draft.key(), terms.issuing().key().spki()))
                    .says("the key is the issuing authority's own"));

    private static final List<Rule> EXTENSIONS = List.of(
            rule("extension_once", "RFC 5280 4.2")
                    .broken((draft, terms) -> draft.extensions().stream()
                                    .map(Extension::oid)
                                    .distinct()
                                    .count()
                            != draft.extensions().size())
                    .says("an extension is there twice"),
            rule("extension_known", "RFC 5280 4.2: nobody must meet a critical one that he does not know")
                    .broken((draft, terms) ->
                            !draft.extensions().stream().allMatch(it -> CRITICAL.containsKey(it.oid())))
                    .says("there is an extension that certificates do not have here"),
            rule("extension_criticality", "RFC 5280 4.2.1.1 to 4.2.1.13 and 4.2.2.1")
                    .broken((draft, terms) -> draft.extensions().stream()
                            .anyMatch(it -> CRITICAL.getOrDefault(it.oid(), it.isCritical()) != it.isCritical()))
                    .says("an extension is critical that must not be, or the other way round"),
            rule("not_an_authority", "RFC 5280 4.2.1.9")
                    .broken((draft, terms) -> draft.extension(Oids.BASIC_CONSTRAINTS)
                            .filter(value -> value.length() > 0)
                            .isPresent())
                    .says("the basic constraints say more than that it is no authority"),
            rule("key_usage_present", "RFC 5280 4.2.1.3")
                    .broken((draft, terms) -> DraftExtensions.usages(draft) == 0)
                    .says("there is no key usage, or one without any bit"),
            rule("key_usage_granted", "The profile's key usages, none of them an authority's")
                    .broken((draft, terms) ->
                            (DraftExtensions.usages(draft) & ~DraftExtensions.granted(profile(terms))) != 0)
                    .says("a key usage is not one of the profile's"),
            rule("key_usage_fits_key", "RFC 3279 2.3.1, RFC 5480 3, RFC 8410 5")
                    .broken((draft, terms) -> draft.soundKey()
                            .filter(key -> (DraftExtensions.usages(draft)
                                            & DraftExtensions.DEVICE_USAGES
                                            & ~DraftExtensions.able(key))
                                    != 0)
                            .isPresent())
                    .says("a key of this kind cannot do what its usage says"),
            rule("ext_key_usage_granted", "The profile's purposes: serverAuth only where it grants it")
                    .broken((draft, terms) -> !profile(terms).purposes().containsAll(DraftExtensions.purposes(draft)))
                    .says("an extended key usage is not one of the profile's"),
            rule("ext_key_usage_complete", "RFC 5280 4.2.1.12: at least one; all those of the profile")
                    .broken((draft, terms) -> (draft.extension(Oids.PURPOSES).isPresent()
                                    && DraftExtensions.purposes(draft).isEmpty())
                            || !DraftExtensions.purposes(draft)
                                    .containsAll(profile(terms).purposes()))
                    .says("an extended key usage of the profile is missing, or the list is empty"),
            rule("resident_key_policies", "RFC 5280 4.2.1.4; TCG OID registry: verified TPM residency and fixedTPM")
                    .broken((draft, terms) -> terms.order().residentKey()
                            ? !DraftExtensions.hasResidentKeyPolicies(draft)
                            : draft.extension(Oids.POLICIES).isPresent())
                    .says("the policies do not say, or say wrongly, that the key is proved to live in a TPM"));

    private static final List<Rule> NAMES = List.of(
            rule("alternative_name_wildcard", "RFC 9525 6.3: a wildcard is many, a certificate is one device's")
                    .broken((draft, terms) -> draft.names().stream().anyMatch(DraftExtensions::isWildcard))
                    .says("an alternative name has a wildcard"),
            rule("alternative_name_syntax", "RFC 5280 4.2.1.6, RFC 1034 3.5, RFC 3986 3.1")
                    .broken((draft, terms) -> draft.names().stream()
                            .anyMatch(name -> !DraftExtensions.isWildcard(name) && !DraftExtensions.isWellFormed(name)))
                    .says("an alternative name is not well-formed for its kind"),
            rule("alternative_name_identity", "The profile's templates, filled with the identity")
                    .broken((draft, terms) -> !draft.names().stream()
                            .filter(name -> !DraftExtensions.isWildcard(name))
                            .toList()
                            .equals(DraftExtensions.names(terms.order())))
                    .says("the alternative names are not those that the profile makes of the identity"));

    private static final List<Rule> LINKS = List.of(
            rule("subject_key_id", "RFC 5280 4.2.1.2, RFC 7093 2 (1)")
                    .broken((draft, terms) -> draft.soundKey()
                            .filter(key -> !DraftExtensions.hasSubjectKeyId(draft, key))
                            .isPresent())
                    .says("the subject key identifier is missing or is not the hash of the key"),
            rule("authority_key_id", "RFC 5280 4.2.1.1")
                    .broken((draft, terms) -> !DraftExtensions.hasAuthorityKeyId(draft, terms))
                    .says("the authority key identifier is missing or is not the issuer's"),
            rule("crl_distribution_point", "RFC 5280 4.2.1.13 and 8: one, over http, of this installation")
                    .broken((draft, terms) -> !DraftExtensions.hasCrlPoint(draft, terms))
                    .says("the CRL distribution point is missing or not one of this installation's"),
            rule("authority_information", "RFC 5280 4.2.2.1 and 8: the issuer, over http, from this installation")
                    .broken((draft, terms) -> !DraftExtensions.hasAuthorityInformation(draft, terms))
                    .says("the authority information does not lead to the issuer's certificate"));

    private static final List<Rule> RULES = Stream.of(FRAME, VALIDITY, SUBJECT, KEY, EXTENSIONS, NAMES, LINKS)
            .flatMap(List::stream)
            .toList();

    private LintRules() {}

    /// The first rule that the bytes break; empty where they keep all of them.
    public static Optional<Finding> first(byte[] tbs, LintTerms terms) {
        return findings(tbs, terms).findFirst();
    }

    /// Every rule that the bytes break.
    public static List<Finding> all(byte[] tbs, LintTerms terms) {
        return findings(tbs, terms).toList();
    }

    /// The names of all rules.
    public static List<String> names() {
        return Stream.concat(Stream.of(SHAPELESS.rule()), RULES.stream().map(Rule::name))
                .toList();
    }

    private static Stream<Finding> findings(byte[] tbs, LintTerms terms) {
        Optional<Draft> draft = Draft.read(tbs);
        return draft.isEmpty()
                ? Stream.of(SHAPELESS)
                : RULES.stream()
                        .filter(rule -> rule.broken().test(draft.get(), terms))
                        .map(rule -> new Finding(rule.name(), rule.source(), rule.says()));
    }

    private static boolean isValidity(Draft draft, Predicate<Validity> broken) {
        return draft.validity().filter(broken).isPresent();
    }

    private static CertificateProfile profile(LintTerms terms) {
        return terms.order().profile();
    }

    private static boolean isPositive(DerElement serial) {
        byte[] content = serial.content();
        return content.length > 0 && content[0] >= 0 && !(content.length == 1 && content[0] == 0);
    }

    /// Of 14 random octets fewer than 4 are different from each other once in 10^22 times.
    private static boolean looksRandom(byte[] serial) {
        boolean[] seen = new boolean[256];
        int different = 0;
        for (int i = RANDOM_FROM; i < serial.length; i++) {
            different += seen[serial[i] & 0xff] ? 0 : 1;
            seen[serial[i] & 0xff] = true;
        }
        return serial.length != Serial.SIZE || different >= FEWEST_DIFFERENT;
    }

    private static boolean is(DerElement element, String hex) {
        return Arrays.equals(element.encoded(), HexFormat.of().parseHex(hex));
    }

    private static boolean isSame(DerElement element, Bytes der) {
        return Arrays.equals(element.encoded(), der.toArray());
    }
}
