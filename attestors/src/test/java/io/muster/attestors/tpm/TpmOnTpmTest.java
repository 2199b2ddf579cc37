package io.muster.attestors.tpm;

import static io.muster.attestors.tpm.Requests.asking;
import static io.muster.attestors.tpm.Requests.challenged;
import static io.muster.attestors.tpm.Requests.enrollment;
import static io.muster.attestors.tpm.Requests.manufacturers;
import static io.muster.attestors.tpm.Requests.proved;
import static io.muster.attestors.tpm.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.attestors.tpm.credential.Credential;
import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.SealedContinuations;
import io.muster.attestors.tpm.testkit.Swtpm;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Challenge;
import io.muster.core.door.Evidence.SharedAccessSignature;
import io.muster.core.door.Evidence.TpmActivation;
import io.muster.core.door.Evidence.TpmCertifiedKey;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.roster.Enrollment;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.RequestSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A TPM with the certificates of its maker, from the first request to the proof.
class TpmOnTpmTest {

    private static final long KEY = 0x81000100L;
    private static final String RESOURCE = "acme/registrations/Board-1";

    @TempDir
    static Path folder;

    private static Swtpm tpm;

    private final Instant now = Instant.now().plusSeconds(60);
    private final TpmAttestor attestor = attestor();

    private static TpmAttestor attestor() {
        SignatureEngine engine = SignatureEngine.choose();
        Primitives primitives = engine.provider().map(Primitives::of).orElseGet(Primitives::ofPlatform);
        return new TpmAttestor(new SealedContinuations(), new ChainValidator(engine), primitives);
    }

    @BeforeAll
    static void there_is_a_tpm() throws Exception {
        assumeTrue(Swtpm.isInstalled(), "swtpm and tpm2-tools are not installed: no TPM proves itself");
        tpm = Swtpm.manufactured(folder);
        tpm.run("tpm2_createprimary -Q -C o -c srk.ctx -G rsa2048");
        tpm.run("tpm2_create -Q -C srk.ctx -G ecc256 -u key.pub -r key.priv");
        tpm.run("tpm2_load -Q -C srk.ctx -u key.pub -r key.priv -c key.ctx");
        tpm.run("tpm2_evictcontrol -Q -C o -c key.ctx " + handle(KEY));
    }

    @AfterAll
    static void it_is_stopped() throws Exception {
        if (tpm != null) {
            tpm.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        Swtpm.RSA_ENDORSEMENT + "," + Swtpm.RSA_CERTIFICATE + ", true, 0x81010100",
        Swtpm.P384_ENDORSEMENT + "," + Swtpm.P384_CERTIFICATE + ", false, 0x81010101"
    })
    void a_manufactured_tpm_proves_itself_and_the_key_of_its_request(
            String endorsement, String index, boolean bySession, String attestation) throws Exception {
        tpm.run("tpm2_createak -Q -C " + endorsement + " -c ak.ctx -G ecc -g sha256 -s ecdsa");
        tpm.run("tpm2_evictcontrol -Q -C o -c ak.ctx " + attestation);
        TpmChip chip = chip(endorsement, index, attestation, TpmChip.Role.ATTESTATION);
        Finding.Challenged challenged = challenged(attestor.examine(group(), request("Board-1", chip), now));
        Challenge.Activate challenge = (Challenge.Activate) challenged.challenge();

        Credential credential = new Credential(challenge.credentialBlob(), challenge.encryptedSecret());
        assertThat(tpm.activate(attestation, endorsement, bySession, credential))
                .isZero();
        TpmActivation answer = new TpmActivation(challenged.continuation(), Bytes.of(tpm.file("secret")));
        Swtpm.Certified certified =
                tpm.certify(KEY, Long.decode(attestation), challenge.nonce().toArray());
        Bytes area = Bytes.of(tpm.publicArea(handle(KEY)));
        TpmCertifiedKey key = new TpmCertifiedKey(
                area, Bytes.of(new Marshal().sized(certified.attestation()).octets()), certified.signature());
        CertificateRequest wanted = wanted(area);

        Finding.Proved proved = proved(
                attestor.examine(group(), asking(request("Board-1", chip, answer, key), wanted), now.plusSeconds(240)));

        assertThat(proved.key())
                .isEqualTo(IdentityKey.ofEndorsementKey(
                        Readings.area(chip.endorsementKey().toArray())
                                .subjectPublicKeyInfo()
                                .toArray()));
        assertThat(proved.hardware().residentKey()).contains(wanted.key());
    }

    @Test
    void a_tpm_imports_the_key_that_it_is_given_and_its_token_is_taken() throws Exception {
        TpmChip chip = chip(Swtpm.RSA_ENDORSEMENT, Swtpm.RSA_CERTIFICATE, "srk.ctx", TpmChip.Role.STORAGE_ROOT);
        Finding.Challenged challenged = challenged(attestor.examine(group(), request("Board-1", chip), now));
        imports(((Challenge.ImportTokenKey) challenged.challenge()).blob());

        SharedAccessSignature token = new SharedAccessSignature(token(), RESOURCE);
        Finding.Proved proved = proved(attestor.examine(group(), request("Board-1", chip, token), now));

        imports(proved.hardware().wrappedKey().orElseThrow());
    }

    @Test
    void a_tpm_with_an_rsa_3072_endorsement_key_proves_itself() throws Exception {
        assumeTrue(Swtpm.makesRsa3072(), "this swtpm makes no RSA-3072 endorsement keys");
        try (Swtpm larger = Swtpm.manufactured(folder.resolve("larger"), 3072)) {
            larger.run("tpm2_createak -Q -C " + Swtpm.RSA_3072_ENDORSEMENT + " -c ak.ctx -G ecc -g sha256 -s ecdsa");
            larger.run("tpm2_evictcontrol -Q -C o -c ak.ctx 0x81010100");
            TpmChip chip = new TpmChip(
                    Bytes.of(larger.publicArea(Swtpm.RSA_3072_ENDORSEMENT)),
                    Optional.of(Bytes.of(larger.certificate(Swtpm.RSA_3072_CERTIFICATE))),
                    Bytes.of(larger.publicArea("0x81010100")),
                    TpmChip.Role.ATTESTATION);
            Enrollment group = enrollment(manufacturers(larger.authorities()));
            Finding.Challenged challenged = challenged(attestor.examine(group, request("Board-1", chip), now));
            Challenge.Activate challenge = (Challenge.Activate) challenged.challenge();

            Credential credential = new Credential(challenge.credentialBlob(), challenge.encryptedSecret());
            assertThat(larger.activate("0x81010100", Swtpm.RSA_3072_ENDORSEMENT, false, credential))
                    .isZero();
            TpmActivation answer = new TpmActivation(challenged.continuation(), Bytes.of(larger.file("secret")));

            assertThat(attestor.examine(group, request("Board-1", chip, answer), now))
                    .isInstanceOf(Finding.Proved.class);
        }
    }

    private static TpmChip chip(String endorsement, String index, String key, TpmChip.Role role) throws Exception {
        return new TpmChip(
                Bytes.of(tpm.publicArea(endorsement)),
                Optional.of(Bytes.of(tpm.certificate(index))),
                Bytes.of(tpm.publicArea(key)),
                role);
    }

    private static Enrollment group() throws Exception {
        return enrollment(manufacturers(tpm.authorities()));
    }

    /// Whether its signature is the key's is asked later, by the issuer.
    private static CertificateRequest wanted(Bytes area) {
        byte[] spki = Readings.area(area.toArray()).subjectPublicKeyInfo().toArray();
        return Orders.read(
                RequestSpec.of("Board-1")
                        .publicKey(SubjectPublicKeyInfo.getInstance(spki))
                        .der(),
                Purpose.ENROLL);
    }

    private static void imports(Bytes blob) throws Exception {
        ByteBuffer buffer = blob.view();
        List<Bytes> parts = new ArrayList<>();
        while (buffer.hasRemaining()) {
            byte[] part = new byte[buffer.getShort()];
            buffer.get(part);
            parts.add(Bytes.of(new Marshal().sized(part).octets()));
        }
        assertThat(parts).hasSize(6);
        Credential credential = new Credential(parts.get(0), parts.get(1));
        assertThat(tpm.activate("srk.ctx", Swtpm.RSA_ENDORSEMENT, true, credential))
                .isZero();
        tpm.write("duplicate", parts.get(2).toArray());
        tpm.write("seed", parts.get(3).toArray());
        tpm.write("id.pub", parts.get(4).toArray());
        tpm.run("tpm2_import -Q -C srk.ctx -k secret -i duplicate -s seed -u id.pub -r id.priv");
    }

    private String token() throws Exception {
        String signed = RESOURCE + "\n" + now.plusSeconds(3_600).getEpochSecond();
        tpm.write("text", signed.getBytes(StandardCharsets.US_ASCII));
        tpm.run("tpm2_load -Q -C srk.ctx -u id.pub -r id.priv -c id.ctx");
        tpm.run("tpm2_hmac -Q -c id.ctx -o mac text");
        return "sr=" + RESOURCE + "&sig=" + Base64.getEncoder().encodeToString(tpm.file("mac")) + "&se="
                + signed.substring(signed.indexOf('\n') + 1) + "&skn=registration";
    }

    private static String handle(long handle) {
        return "0x" + Long.toHexString(handle);
    }
}
