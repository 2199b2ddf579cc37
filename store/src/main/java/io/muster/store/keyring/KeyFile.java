package io.muster.store.keyring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/// How a key file is written: JSON with the number of its format; what it holds is wrapped by the master key, and the
/// file's name is bound to it, so that no file can stand in for another.
record KeyFile(int format, String wrapped) {

    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static byte[] wrap(Aead master, String name, Object content) {
        try {
            byte[] sealed = master.encrypt(JSON.writeValueAsBytes(content), associated(name));
            return JSON.writeValueAsBytes(
                    new KeyFile(FORMAT, Base64.getEncoder().encodeToString(sealed)));
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new KeyringException("The key file " + name + " cannot be sealed.", e);
        }
    }

    static <T> T unwrap(Aead master, String name, byte[] file, Class<T> type) {
        try {
            KeyFile read = JSON.readValue(file, KeyFile.class);
            refuseOtherFormat(name, read.format());
            byte[] content = master.decrypt(Base64.getDecoder().decode(read.wrapped()), associated(name));
            return JSON.readValue(content, type);
        } catch (GeneralSecurityException e) {
            throw new KeyringException(
                    "The key file " + name + " does not open with the master key beside it: it was made by another "
                            + "keyring, or one of the two is damaged. Restore the whole directory from its copy.",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new KeyringException("The key file " + name + " is damaged. Restore it from its copy.", e);
        }
    }

    static byte[] plain(Object content) {
        try {
            return JSON.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new KeyringException("A key file cannot be written.", e);
        }
    }

    static <T> T plain(String name, byte[] file, Class<T> type) {
        try {
            return JSON.readValue(file, type);
        } catch (IOException e) {
            throw new KeyringException("The key file " + name + " is damaged. Restore it from its copy.", e);
        }
    }

    static void refuseOtherFormat(String name, int format) {
        if (format != FORMAT) {
            throw new KeyringException("The key file " + name + " has format " + format
                    + "; this version of Muster reads format " + FORMAT + ". Start the version that wrote it.");
        }
    }

    private static byte[] associated(String name) {
        return ("muster keyring " + FORMAT + " " + name).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "KeyFile[format=" + format + "]";
    }
}
