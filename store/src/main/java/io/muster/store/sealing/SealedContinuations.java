package io.muster.store.sealing;

import com.google.crypto.tink.Aead;
import io.muster.core.attestation.Continuations;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.store.keyring.Ciphers;
import io.muster.store.keyring.Keyring;
import io.muster.store.keyring.TenantKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Continuations under keys that come from the keyring alone: whichever node holds it opens what another one sealed,
/// and nothing is kept. Each context has a key of its own, so that no key is ever used for so many challenges that
/// its random nonces could meet (NIST SP 800-38D section 8.3).
public final class SealedContinuations implements Continuations {

    /// Longest continuation that is looked at, in bytes.
    public static final int MAX_BYTES = 4096;

    /// Longest state that is sealed, in bytes.
    public static final int MAX_STATE_BYTES = MAX_BYTES - 1 - Ciphers.OVERHEAD_BYTES;

    /// Longest context, in bytes.
    public static final int MAX_CONTEXT_BYTES = 4096;

    private static final byte FORM = 1;
    private static final String SEAL = "muster continuation seal";
    private static final String DERIVE = "muster continuation derive";

    private final Keyring keyring;
    private final Function<Name, Optional<Integer>> numbers;
    private final Map<Integer, Keys> keys = new ConcurrentHashMap<>();

    /// The keys of one tenant.
    private record Keys(MacPool sealing, MacPool deriving) {}

    /// @param numbers the number of a tenant; empty for an unknown one
    public SealedContinuations(Keyring keyring, Function<Name, Optional<Integer>> numbers) {
        this.keyring = keyring;
        this.numbers = numbers;
    }

    @Override
    public Bytes seal(Name tenant, Bytes context, Bytes state) {
        bounded("a context", context, MAX_CONTEXT_BYTES);
        bounded("a state", state, MAX_STATE_BYTES);
        int number = number(tenant);
        byte[] place = place(number, context);
        try {
            byte[] sealed = cipher(number, place).encrypt(state.toArray(), place);
            return Bytes.of(
                    ByteBuffer.allocate(1 + sealed.length).put(FORM).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new BrokenSealException("A continuation cannot be sealed.", e);
        }
    }

    @Override
    public Optional<Bytes> open(Name tenant, Bytes context, Bytes continuation) {
        int size = continuation.size();
        if (size <= Ciphers.OVERHEAD_BYTES || size > MAX_BYTES || context.size() > MAX_CONTEXT_BYTES) {
            return Optional.empty();
        }
        return numbers.apply(tenant).flatMap(number -> open(number, place(number, context), continuation.toArray()));
    }

    @Override
    public Secret derive(Name tenant, Bytes context) {
        bounded("a context", context, MAX_CONTEXT_BYTES);
        byte[] label = DERIVE.getBytes(StandardCharsets.UTF_8);
        byte[] message = ByteBuffer.allocate(label.length + context.size())
                .put(label)
                .put(context.view())
                .array();
        return Secret.of(keys(number(tenant)).deriving().mac(message));
    }

    private Optional<Bytes> open(int tenant, byte[] place, byte[] continuation) {
        if (continuation[0] != FORM) {
            return Optional.empty();
        }
        byte[] sealed = Arrays.copyOfRange(continuation, 1, continuation.length);
        try {
            return Optional.of(Bytes.of(cipher(tenant, place).decrypt(sealed, place)));
        } catch (GeneralSecurityException ignored) {
            return Optional.empty();
        }
    }

    private Aead cipher(int tenant, byte[] place) {
        return keyring.ciphers().aead(keys(tenant).sealing().mac(place));
    }

    private Keys keys(int tenant) {
        return keys.computeIfAbsent(tenant, number -> {
            TenantKeys of = keyring.tenant(number);
            return new Keys(new MacPool(of.derived(SEAL)), new MacPool(of.derived(DERIVE)));
        });
    }

    private int number(Name tenant) {
        return numbers.apply(tenant).orElseThrow(() -> new IllegalStateException("unknown tenant " + tenant));
    }

    /// What a continuation is bound to: its purpose, the tenant and the context.
    private static byte[] place(int tenant, Bytes context) {
        byte[] label = SEAL.getBytes(StandardCharsets.UTF_8);
        byte[] hash = sha256(context);
        return ByteBuffer.allocate(label.length + 1 + Integer.BYTES + hash.length)
                .put(label)
                .put(FORM)
                .putInt(tenant)
                .put(hash)
                .array();
    }

    private static byte[] sha256(Bytes context) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(context.view());
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void bounded(String what, Bytes bytes, int limit) {
        if (bytes.size() > limit) {
            throw new IllegalArgumentException(
                    what + " of " + bytes.size() + " bytes is longer than " + limit + " bytes");
        }
    }
}
