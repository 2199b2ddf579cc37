package io.muster.doors.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Issued;
import io.muster.core.door.Refusal;
import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.ObedientReception;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Keys that the server makes.
class EstServerKeyTest {

    private static final String PATH = "/.well-known/est/acme.gates/serverkeygen";
    private static final byte[] KEY_ID = {1, 2, 3, 4};
    private static final byte[] MADE = TestKeys.p256().getPrivate().getEncoded();

    private EstScene scene;

    @BeforeEach
    void open() throws Exception {
        scene = new EstScene();
        scene.reception.answer(request -> ObedientReception.certified(
                request,
                Optional.empty(),
                new Issued(EstScene.LEAF, List.of(), EstScene.RENEW, Optional.of(Secret.of(MADE)))));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void key_and_certificate_come_as_two_parts() throws Exception {
        Caller.Answer answer = scene.call(EstScene.post(PATH, EstScene.REQUEST, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("cache-control")).isEqualTo("no-store");
        List<Part> parts = parts(answer);
        assertThat(parts)
                .extracting(Part::type)
                .containsExactly("application/pkcs8", "application/pkcs7-mime; smime-type=certs-only");
        assertThat(parts.getFirst().octets()).isEqualTo(MADE);
        assertThat(EstScene.certificates(parts.getLast().text())).containsExactly(EstScene.LEAF);
        assertThat(scene.reception
                        .asked()
                        .getFirst()
                        .certificate()
                        .orElseThrow()
                        .purpose())
                .isEqualTo(Purpose.GENERATE_KEY);
    }

    @Test
    void encryption_for_the_presented_certificate_is_opened_by_its_key_alone() throws Exception {
        TestAuthority.Issued device = device(TestKeys.p256());
        Caller.Answer answer;
        try (Caller caller = scene.caller(device.keys(), device.der())) {
            answer = caller.exchange(EstScene.post(PATH, asking(KEY_ID), EstScene.PKCS10));
        }

        List<Part> parts = parts(answer);
        assertThat(parts)
                .extracting(Part::type)
                .containsExactly(
                        "application/pkcs7-mime; smime-type=server-generated-key",
                        "application/pkcs7-mime; smime-type=certs-only");
        RecipientInformation recipient = new CMSEnvelopedData(parts.getFirst().octets())
                .getRecipientInfos()
                .getRecipients()
                .iterator()
                .next();
        byte[] opened = recipient.getContent(
                new JceKeyAgreeEnvelopedRecipient(device.keys().getPrivate()).setProvider(new BouncyCastleProvider()));
        assertThat(Arrays.copyOfRange(opened, opened.length - MADE.length, opened.length))
                .isEqualTo(MADE);
    }

    @Test
    void encryption_for_another_certificate_is_refused_before_anything_happens() throws Exception {
        TestAuthority.Issued device = device(TestKeys.p256());
        try (Caller caller = scene.caller(device.keys(), device.der())) {
            assertRefused(caller.exchange(EstScene.post(PATH, asking(new byte[] {9}), EstScene.PKCS10)));
        }
    }

    @Test
    void a_key_that_only_signs_is_no_recipient() {
        TestAuthority.Issued signs = device(TestKeys.ed25519());
        TestAuthority.Issued decrypts = device(TestKeys.rsa(2048));

        assertThat(new Client(List.of(signs.certificate())).recipient(Bytes.of(KEY_ID)))
                .isEmpty();
        assertThat(new Client(List.of(decrypts.certificate())).recipient(Bytes.of(KEY_ID)))
                .contains(decrypts.certificate());
    }

    @Test
    void encryption_for_who_presents_no_certificate_is_refused() throws Exception {
        assertRefused(scene.call(EstScene.post(PATH, asking(KEY_ID), EstScene.BASIC, EstScene.PKCS10)));
    }

    @Test
    void encryption_with_a_shared_secret_is_refused() throws Exception {
        String symmetric = EstScene.line(RequestSpec.of("gate-1")
                .attribute(PKCSObjectIdentifiers.id_aa_decryptKeyID, new DEROctetString(KEY_ID))
                .attribute(PKCSObjectIdentifiers.pkcs_9_at_smimeCapabilities, new DERSequence())
                .der());

        assertRefused(scene.call(EstScene.post(PATH, symmetric, EstScene.BASIC, EstScene.PKCS10)));
    }

    private void assertRefused(Caller.Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("unsupported");
        assertThat(scene.reception.asked()).isEmpty();
        assertThat(scene.reception.turnedAway()).hasOnlyElementsOfType(Refusal.Unsupported.class);
    }

    private static TestAuthority.Issued device(KeyPair keys) {
        return EstScene.ROOT.device("gate-1", spec -> spec.keys(keys)
                .extension(Extension.subjectKeyIdentifier, false, new DEROctetString(KEY_ID)));
    }

    private static String asking(byte[] keyId) {
        return EstScene.line(RequestSpec.of("gate-1")
                .attribute(PKCSObjectIdentifiers.id_aa_asymmDecryptKeyID, new DEROctetString(keyId))
                .der());
    }

    private record Part(String type, String text) {
        byte[] octets() {
            return Base64.getMimeDecoder().decode(text);
        }
    }

    private static List<Part> parts(Caller.Answer answer) {
        String type = answer.field("content-type");
        String boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());
        assertThat(type).startsWith("multipart/mixed");
        assertThat(answer.body()).startsWith("--" + boundary + "\r\n").endsWith("\r\n--" + boundary + "--\r\n");
        return Arrays.stream(answer.body().split("--" + boundary))
                .filter(part -> part.contains("\r\n\r\n"))
                .map(part -> {
                    String[] headAndBody = part.split("\r\n\r\n", 2);
                    assertThat(headAndBody[0]).contains("Content-Transfer-Encoding: base64");
                    return new Part(
                            headAndBody[0]
                                    .strip()
                                    .lines()
                                    .findFirst()
                                    .orElseThrow()
                                    .substring("Content-Type: ".length()),
                            headAndBody[1]);
                })
                .toList();
    }
}
