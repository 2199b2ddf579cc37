package io.muster.attestors.symmetric;

import io.muster.core.attestation.Basis.SharedKey.Place;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import io.muster.core.roster.Proof;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that may have signed a token.
///
/// @param words which one, for the trace
/// @param place which of the enrollment's keys it is, or comes from
/// @param key   its bytes
record TokenKey(String words, Place place, Secret key) {

    private static final String HMAC = "HmacSHA256";

    static List<TokenKey> ofIndividual(Proof.SymmetricKeys keys) {
        return List.of(
                new TokenKey("the device's primary key", Place.PRIMARY, keys.primary()),
                new TokenKey("the device's secondary key", Place.SECONDARY, keys.secondary()));
    }

    /// A group's device signs with HMAC-SHA256(group key, registration id). Ids are compared without case, but a key
    /// is derived from letters: from those that the maker wrote, or from the canonical ones.
    static List<TokenKey> ofGroup(Proof.SymmetricKeys keys, RegistrationId id) {
        return Stream.of(id.display(), id.canonical())
                .distinct()
                .flatMap(text -> Stream.of(
                        derived("the group's primary key", Place.PRIMARY, keys.primary(), text),
                        derived("the group's secondary key", Place.SECONDARY, keys.secondary(), text)))
                .toList();
    }

    private static TokenKey derived(String words, Place place, Secret groupKey, String id) {
        return new TokenKey("a key derived from " + words + " for " + id, place, Secret.of(hmac(groupKey, id)));
    }

    /// Compares in constant time.
    boolean signed(Token token) {
        return MessageDigest.isEqual(
                hmac(key, token.signedText()), token.signature().toArray());
    }

    private static byte[] hmac(Secret key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.reveal(), HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
