package io.muster.store.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class CiphersTest {

    private static final byte[] PLAIN = "serial 4711".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PLACE = "device/1/4711".getBytes(StandardCharsets.UTF_8);

    private final Ciphers ciphers = new Ciphers();
    private final byte[] key = ciphers.newKey();
    private final Aead ours = ciphers.aead(key);

    @Test
    void what_we_seal_tink_opens_and_the_other_way_round() throws GeneralSecurityException {
        Aead tink = new AesGcmJce(key);
        assertThat(tink.decrypt(ours.encrypt(PLAIN, PLACE), PLACE)).isEqualTo(PLAIN);
        assertThat(ours.decrypt(tink.encrypt(PLAIN, PLACE), PLACE)).isEqualTo(PLAIN);
    }

    @Test
    void the_same_text_is_never_sealed_to_the_same_bytes() throws GeneralSecurityException {
        assertThat(ours.encrypt(PLAIN, PLACE)).isNotEqualTo(ours.encrypt(PLAIN, PLACE));
    }

    @Test
    void what_was_altered_moved_or_cut_does_not_open_and_the_next_one_does() throws GeneralSecurityException {
        byte[] sealed = ours.encrypt(PLAIN, PLACE);
        byte[] altered = sealed.clone();
        altered[altered.length - 1] ^= 1;
        assertThatThrownBy(() -> ours.decrypt(altered, PLACE)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> ours.decrypt(sealed, PLAIN)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> ours.decrypt(new byte[27], PLACE)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> new Ciphers().aead(new byte[16])).isInstanceOf(KeyringException.class);
        assertThat(ours.decrypt(sealed, PLACE)).isEqualTo(PLAIN);
    }
}
