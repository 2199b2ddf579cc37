package io.muster.attestors.tpm.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.attestors.tpm.structure.EndorsementKey;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.attestors.tpm.structure.StorageKey;
import io.muster.attestors.tpm.structure.TpmKeyRules;
import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.Swtpm;
import io.muster.core.device.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A TPM imports the identity key that was wrapped for it, and signs with it.
class ActivationBlobOnTpmTest {

    private static final byte[] IDENTITY_KEY =
            "thirty-two octets of identity key".substring(1).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADDRESS = "https://hub-1.example.com/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TOKEN =
            "0ne00000000/registrations/board-1\n1700000000".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path folder;

    private static Swtpm tpm;

    private final ActivationBlob blobs =
            new ActivationBlob(new CredentialMaker(Primitives.ofPlatform()), Primitives.ofPlatform());

    @BeforeAll
    static void there_is_a_tpm() throws Exception {
        assumeTrue(Swtpm.isInstalled(), "swtpm and tpm2-tools are not installed: no TPM imports our identity keys");
        tpm = Swtpm.manufactured(folder);
        tpm.run("tpm2_createprimary -Q -C o -c srk-rsa.ctx -G rsa2048");
        tpm.run("tpm2_createprimary -Q -C o -c srk-ecc.ctx -G ecc256");
    }

    @AfterAll
    static void it_is_stopped() throws Exception {
        if (tpm != null) {
            tpm.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"srk-rsa.ctx, INNER", "srk-rsa.ctx, INNER_AND_OUTER", "srk-ecc.ctx, INNER_AND_OUTER"})
    void a_tpm_signs_with_the_key_that_was_wrapped_for_it(String srk, ActivationBlob.Wrapping wrapping)
            throws Exception {
        List<byte[]> parts = parts(blobs.wrap(endorsement(), storage(srk), IDENTITY_KEY, ADDRESS, wrapping));
        assertThat(parts).hasSize(6);

        assertThat(activate(srk, parts)).isZero();
        assertThat(importing(srk, parts)).isZero();
        tpm.run("tpm2_load -Q -C " + srk + " -u id.pub -r id.priv -c id.ctx");
        tpm.write("token", TOKEN);
        tpm.run("tpm2_hmac -Q -c id.ctx -o mac token");

        assertThat(tpm.file("mac")).isEqualTo(hmac());
        assertThat(decryptedByTpm(parts.get(5))).isEqualTo(ADDRESS);
    }

    @Test
    void another_storage_key_of_the_same_tpm_does_not_open_it() throws Exception {
        List<byte[]> parts = parts(blobs.wrap(
                endorsement(), storage("srk-rsa.ctx"), IDENTITY_KEY, ADDRESS, ActivationBlob.Wrapping.INNER));

        assertThat(activate("srk-ecc.ctx", parts)).isNotZero();
    }

    @Test
    void an_altered_key_is_not_imported() throws Exception {
        List<byte[]> parts = parts(blobs.wrap(
                endorsement(), storage("srk-rsa.ctx"), IDENTITY_KEY, ADDRESS, ActivationBlob.Wrapping.INNER));
        parts.get(2)[40] ^= 1;

        assertThat(activate("srk-rsa.ctx", parts)).isZero();
        assertThat(importing("srk-rsa.ctx", parts)).isNotZero();
    }

    private static int activate(String srk, List<byte[]> parts) throws Exception {
        Credential credential = new Credential(sized(parts.get(0)), sized(parts.get(1)));
        return tpm.activate(srk, Swtpm.RSA_ENDORSEMENT, true, credential);
    }

    private static int importing(String srk, List<byte[]> parts) throws Exception {
        tpm.write("duplicate", sized(parts.get(2)).toArray());
        tpm.write("seed", sized(parts.get(3)).toArray());
        tpm.write("id.pub", sized(parts.get(4)).toArray());
        return tpm.exit("tpm2_import -Q -C " + srk + " -k secret -i duplicate -s seed -u id.pub -r id.priv");
    }

    private static Bytes sized(byte[] octets) {
        return Bytes.of(new Marshal().sized(octets).octets());
    }

    private static List<byte[]> parts(Bytes blob) {
        ByteBuffer buffer = blob.view();
        List<byte[]> parts = new ArrayList<>();
        while (buffer.hasRemaining()) {
            byte[] part = new byte[buffer.getShort()];
            buffer.get(part);
            parts.add(part);
        }
        return parts;
    }

    private static byte[] hmac() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(IDENTITY_KEY, "HmacSHA256"));
        return mac.doFinal(TOKEN);
    }

    /// As the SDKs have it done: with an IV as long as the key.
    private static byte[] decryptedByTpm(byte[] encrypted) throws Exception {
        tpm.write("iv", new byte[tpm.file("secret").length]);
        tpm.write("encrypted", encrypted);
        tpm.run("tpm2_loadexternal -Q -G aes -r secret -c cipher.ctx");
        tpm.run("tpm2_encryptdecrypt -Q -d -G cfb -c cipher.ctx -t iv -o decrypted encrypted");
        return tpm.file("decrypted");
    }

    private static EndorsementKey endorsement() throws Exception {
        return Readings.value(TpmKeyRules.endorsement(Readings.area(tpm.publicArea(Swtpm.RSA_ENDORSEMENT))));
    }

    private static StorageKey storage(String srk) throws Exception {
        return Readings.value(TpmKeyRules.storage(Readings.area(tpm.publicArea(srk))));
    }
}
