package io.muster.desk.testkit;

import io.muster.desk.wire.ServerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A self-signed identity for localhost, made by the JDK's keytool.
public final class TestIdentity {

    private static final char[] PASSWORD = "of-this-test-only".toCharArray();

    private TestIdentity() {}

    /// A new identity, in a folder of its own that is gone when this returns.
    public static ServerIdentity make(String commonName) {
        try {
            Path folder = Files.createTempDirectory("identity");
            ServerIdentity identity = make(folder, commonName);
            Files.delete(folder.resolve(commonName + ".p12"));
            Files.delete(folder);
            return identity;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerIdentity make(Path folder, String commonName) {
        Path store = folder.resolve(commonName + ".p12");
        keytool(store, commonName);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            return new ServerIdentity(
                    (PrivateKey) keys.getKey("desk", PASSWORD), List.of((X509Certificate) keys.getCertificate("desk")));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String commonName) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "desk",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + commonName,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD));
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("keytool ended with " + exit);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
