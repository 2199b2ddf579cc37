package io.muster.store.sealing;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;

/// One key, ready to seal and to open rows.
public final class Seal {

    private final Aead aead;

    Seal(Aead aead) {
        this.aead = aead;
    }

    /// The ciphertext to store at this address.
    public Octets seal(Address address, byte[] plain) {
        try {
            return Octets.of(aead.encrypt(plain, address.bytes()));
        } catch (GeneralSecurityException e) {
            throw new BrokenSealException("A row cannot be sealed.", e);
        }
    }

    /// What was sealed at this address.
    ///
    /// @throws BrokenSealException when it was not: another row, another key, or altered
    public byte[] open(Address address, Octets sealed) {
        try {
            return aead.decrypt(sealed.raw(), address.bytes());
        } catch (GeneralSecurityException e) {
            throw new BrokenSealException(
                    "A sealed row does not open: it was altered, moved, or sealed by another keyring.", e);
        }
    }
}
