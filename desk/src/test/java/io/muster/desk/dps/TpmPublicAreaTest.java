package io.muster.desk.dps;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.desk.exchange.Form;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TpmPublicAreaTest {

    @Test
    void a_key_on_p256_comes_back_as_it_went() throws Exception {
        Bytes key = Bytes.of(ecc("secp256r1").getEncoded());
        String shown = TpmPublicArea.shown(key);

        assertThat(Base64.getDecoder().decode(shown)).startsWith(0x00, 0x7a, 0x00, 0x23);
        assertThat(TpmPublicArea.read(shown))
                .isEqualTo(Form.of(Base64.getEncoder().encodeToString(key.toArray())));
    }

    @Test
    void a_key_by_another_template_is_refused_since_what_differs_would_be_lost() throws Exception {
        byte[] area = Base64.getDecoder()
                .decode(TpmPublicArea.shown(Bytes.of(ecc("secp256r1").getEncoded())));
        area[7] ^= 0x40;

        assertThat(TpmPublicArea.read(Base64.getEncoder().encodeToString(area))).isInstanceOf(Form.Faulty.class);
    }

    @Test
    void a_key_for_which_no_template_is_known_is_shown_alone_and_read_so() throws Exception {
        Bytes key = Bytes.of(ecc("secp384r1").getEncoded());
        String shown = TpmPublicArea.shown(key);

        assertThat(Base64.getDecoder().decode(shown)).isEqualTo(key.toArray());
        assertThat(TpmPublicArea.read(shown)).isEqualTo(Form.of(shown));
    }

    private static PublicKey ecc(String curve) throws GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec(curve));
        return keys.generateKeyPair().getPublic();
    }
}
