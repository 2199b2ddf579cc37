package io.muster.server.house;

import io.muster.core.device.Secret;
import io.muster.core.policy.Hooks;
import io.muster.outlets.hooks.HookTerms;
import io.muster.outlets.hooks.HttpsHooks;
import io.muster.server.settings.HookSettings;
import io.muster.server.settings.Key;
import io.muster.server.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;

/// Operators' own services that are asked before a device is let in.
final class HookRoom {

    /// AWS gives its hooks 5 s, Azure too.
    private static final Duration TIME = Duration.ofSeconds(5);

    private static final int CALLS_AT_ONCE = 64;
    private static final int SECRET_BYTES = 32;
    private static final int SHORTEST_SECRET = 24;
    private static final String PREFIX = "whsec_";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private HookRoom() {}

    static Hooks of(HookSettings settings, InstantSource clock) {
        return new HttpsHooks(
                new HookTerms(
                        settings.allow(),
                        settings.allowPrivate(),
                        settings.anchors().map(HookRoom::anchors),
                        secret(settings.secret()),
                        TIME,
                        CALLS_AT_ONCE),
                clock);
    }

    /// Read, or made at the first start, in the form of the Standard Webhooks specification.
    private static Secret secret(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.writeString(
                        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY)), fresh() + "\n");
            }
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new SettingsException(file + " can be read by others. Run: chmod 600 " + file);
            }
            String text = Files.readString(file).strip();
            byte[] octets =
                    text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())) : new byte[0];
            if (octets.length < SHORTEST_SECRET) {
                throw new SettingsException(unfit(file));
            }
            return Secret.of(octets);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(unfit(file));
        } catch (IOException e) {
            throw new SettingsException(file + " cannot be used: " + e.getMessage());
        }
    }

    private static String unfit(Path file) {
        return file + " holds no secret: " + PREFIX + " and at least " + SHORTEST_SECRET
                + " bytes in base64. Delete it, and the next start makes a new one.";
    }

    private static String fresh() {
        byte[] octets = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(octets);
        return PREFIX + Base64.getEncoder().encodeToString(octets);
    }

    private static KeyStore anchors(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Certificate anchor : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("anchor-" + store.size(), anchor);
            }
            if (store.size() > 0) {
                return store;
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new SettingsException(Key.HOOKS_CA.path() + ": " + file + " cannot be used: " + e.getMessage());
        }
        throw new SettingsException(Key.HOOKS_CA.path() + ": " + file + " holds no certificate in PEM.");
    }
}
