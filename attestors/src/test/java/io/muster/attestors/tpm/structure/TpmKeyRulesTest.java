package io.muster.attestors.tpm.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.Recorded;
import io.muster.attestors.tpm.testkit.SoftKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TpmKeyRulesTest {

    private static final SoftKey KEY = SoftKey.p256();
    private static final byte[] NO_POLICY = {};

    @ParameterizedTest
    @ValueSource(strings = {"endorsement.rsa", "endorsement.p256", "endorsement.p384"})
    void endorsement_keys_of_both_ranges_are_taken(String name) {
        assertThat(TpmKeyRules.endorsement(Readings.area(Recorded.octets(name))))
                .isInstanceOf(Reading.Read.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"attestation.p256", "attestation.p384", "attestation.rsassa", "attestation.rsapss"})
    void attestation_keys_are_taken(String name) {
        assertThat(TpmKeyRules.attestation(Readings.area(Recorded.octets(name))))
                .isInstanceOf(Reading.Read.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signing.p256", "signing.rsa"})
    void signing_keys_are_taken(String name) {
        assertThat(TpmKeyRules.signing(Readings.area(Recorded.octets(name)))).isInstanceOf(Reading.Read.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"storage.rsa", "storage.p256"})
    void storage_root_keys_are_taken(String name) {
        assertThat(TpmKeyRules.storage(Readings.area(Recorded.octets(name)))).isInstanceOf(Reading.Read.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAttribute.class,
            names = {"FIXED_TPM", "FIXED_PARENT", "SENSITIVE_DATA_ORIGIN", "ADMIN_WITH_POLICY"})
    void an_endorsement_key_without_one_of_its_attributes_is_refused(KeyAttribute missing) {
        PublicArea area = area(SoftKey.ENDORSEMENT & ~missing.mask(), SoftKey.POLICY_A);

        assertThat(Readings.flaw(TpmKeyRules.endorsement(area)))
                .isEqualTo(new Flaw.AttributeMissing("the endorsement key", missing));
    }

    @Test
    void a_signing_key_is_no_endorsement_key() {
        assertThat(Readings.flaw(TpmKeyRules.endorsement(Readings.area(Recorded.octets("attestation.rsassa")))))
                .isInstanceOf(Flaw.AttributeMissing.class);
        assertThat(Readings.flaw(TpmKeyRules.endorsement(area(SoftKey.ENDORSEMENT | 0x00040000, SoftKey.POLICY_A))))
                .isEqualTo(new Flaw.AttributeForbidden("the endorsement key", KeyAttribute.SIGN));
    }

    @Test
    void an_endorsement_key_with_a_policy_of_its_own_is_refused() {
        byte[] own = new byte[32];

        assertThat(Readings.flaw(TpmKeyRules.endorsement(area(SoftKey.ENDORSEMENT, own))))
                .isEqualTo(new Flaw.UnknownPolicy("00".repeat(32)));
        assertThat(Readings.flaw(TpmKeyRules.endorsement(area(SoftKey.ENDORSEMENT, NO_POLICY)))
                        .says())
                .contains("empty");
    }

    @Test
    void the_policy_of_the_low_range_does_not_do_for_the_high_range() {
        assertThat(Readings.flaw(TpmKeyRules.endorsement(area(SoftKey.ENDORSEMENT_HIGH, SoftKey.POLICY_A))))
                .isInstanceOf(Flaw.UnknownPolicy.class);
    }

    @Test
    void an_endorsement_key_with_another_exponent_than_65537_is_refused() {
        byte[] octets = Recorded.octets("endorsement.rsa");
        ByteBuffer.wrap(octets).putInt(54, 3);

        assertThat(Readings.flaw(TpmKeyRules.endorsement(Readings.area(octets))))
                .isInstanceOf(Flaw.WeakKey.class);
    }

    /// One modulo all the primes by which the flaw is known, and so a power of 65537 modulo each of them.
    @Test
    void a_key_with_the_roca_flaw_is_refused_in_every_role() {
        BigInteger product = IntStream.rangeClosed(2, 167)
                .mapToObj(BigInteger::valueOf)
                .filter(number -> number.isProbablePrime(20))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger least = BigInteger.TWO.pow(2047);
        byte[] modulus =
                Numbers.padded(least.subtract(least.mod(product)).add(product).add(BigInteger.ONE), 256);

        for (String name : List.of("endorsement.rsa", "attestation.rsassa", "signing.rsa", "storage.rsa")) {
            byte[] octets = Recorded.octets(name);
            System.arraycopy(modulus, 0, octets, octets.length - modulus.length, modulus.length);
            PublicArea area = Readings.area(octets);
            Reading<?> reading =
                    switch (name) {
                        case "endorsement.rsa" -> TpmKeyRules.endorsement(area);
                        case "attestation.rsassa" -> TpmKeyRules.attestation(area);
                        case "signing.rsa" -> TpmKeyRules.signing(area);
                        default -> TpmKeyRules.storage(area);
                    };

            assertThat(Readings.flaw(reading)).as(name).isInstanceOf(Flaw.WeakKey.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAttribute.class,
            names = {"FIXED_TPM", "FIXED_PARENT", "SENSITIVE_DATA_ORIGIN", "RESTRICTED", "SIGN"})
    void an_attestation_key_without_one_of_its_attributes_is_refused(KeyAttribute missing) {
        PublicArea area = area(SoftKey.ATTESTATION & ~missing.mask(), NO_POLICY);

        assertThat(Readings.flaw(TpmKeyRules.attestation(area)))
                .isEqualTo(new Flaw.AttributeMissing("the attestation key", missing));
    }

    @Test
    void an_attestation_key_that_decrypts_is_refused() {
        PublicArea area = area(SoftKey.ATTESTATION | KeyAttribute.DECRYPT.mask(), NO_POLICY);

        assertThat(Readings.flaw(TpmKeyRules.attestation(area)))
                .isEqualTo(new Flaw.AttributeForbidden("the attestation key", KeyAttribute.DECRYPT));
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyAttribute.class,
            names = {"FIXED_TPM", "FIXED_PARENT", "SENSITIVE_DATA_ORIGIN", "SIGN"})
    void a_signing_key_without_one_of_its_attributes_is_refused(KeyAttribute missing) {
        PublicArea area = area(SoftKey.SIGNING & ~missing.mask(), NO_POLICY);

        assertThat(Readings.flaw(TpmKeyRules.signing(area)))
                .isEqualTo(new Flaw.AttributeMissing("the signing key", missing));
    }

    @Test
    void a_signing_key_that_is_restricted_is_refused() {
        assertThat(Readings.flaw(TpmKeyRules.signing(Readings.area(Recorded.octets("attestation.p256")))))
                .isEqualTo(new Flaw.AttributeForbidden("the signing key", KeyAttribute.RESTRICTED));
    }

    @Test
    void a_storage_key_that_may_leave_its_tpm_is_refused() {
        PublicArea area = area(SoftKey.STORAGE & ~KeyAttribute.FIXED_TPM.mask(), NO_POLICY);

        assertThat(Readings.flaw(TpmKeyRules.storage(area)))
                .isEqualTo(new Flaw.AttributeMissing("the storage root key", KeyAttribute.FIXED_TPM));
    }

    private static PublicArea area(int attributes, byte[] policy) {
        return Readings.area(KEY.area(attributes, policy));
    }
}
