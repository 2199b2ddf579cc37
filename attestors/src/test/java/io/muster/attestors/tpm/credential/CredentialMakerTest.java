package io.muster.attestors.tpm.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.attestors.tpm.structure.EndorsementKey;
import io.muster.attestors.tpm.structure.TpmKeyRules;
import io.muster.attestors.tpm.testkit.Maker;
import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.Recorded;
import io.muster.attestors.tpm.testkit.SoftKey;
import io.muster.attestors.tpm.testkit.SoftTpm;
import io.muster.core.device.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialMakerTest {

    private static final SoftKey RSA = SoftKey.rsa();
    private static final SoftKey P256 = SoftKey.p256();
    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.US_ASCII);

    private final Bytes name =
            Readings.area(Recorded.octets("attestation.p256")).name();

    @ParameterizedTest
    @EnumSource(Maker.class)
    void the_holder_of_the_endorsement_key_opens_a_credential(Maker maker) {
        CredentialMaker credentials = new CredentialMaker(maker.primitives());

        assertThat(new SoftTpm(RSA).activate(name, credentials.make(endorsement(RSA), name, SECRET)))
                .contains(Bytes.of(SECRET));
        assertThat(new SoftTpm(P256).activate(name, credentials.make(endorsement(P256), name, SECRET)))
                .contains(Bytes.of(SECRET));
    }

    @Test
    void nobody_else_opens_it_and_nobody_opens_it_for_another_key() {
        Credential credential = new CredentialMaker(Primitives.ofPlatform()).make(endorsement(P256), name, SECRET);
        Bytes otherName = Readings.area(Recorded.octets("signing.p256")).name();

        assertThat(new SoftTpm(SoftKey.p256()).activate(name, credential)).isEmpty();
        assertThat(new SoftTpm(P256).activate(otherName, credential)).isEmpty();
    }

    @Test
    void no_two_credentials_are_alike() {
        CredentialMaker credentials = new CredentialMaker(Primitives.ofPlatform());

        assertThat(credentials.make(endorsement(RSA), name, SECRET))
                .isNotEqualTo(credentials.make(endorsement(RSA), name, SECRET));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33})
    void a_secret_that_no_tpm_of_this_digest_could_hold_is_a_mistake_of_the_caller(int bytes) {
        CredentialMaker credentials = new CredentialMaker(Primitives.ofPlatform());
        EndorsementKey key = endorsement(RSA);

        assertThatThrownBy(() -> credentials.make(key, name, new byte[bytes]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to 32 bytes");
    }

    private static EndorsementKey endorsement(SoftKey key) {
        return Readings.value(TpmKeyRules.endorsement(Readings.area(key.area(SoftKey.ENDORSEMENT, SoftKey.POLICY_A))));
    }
}
