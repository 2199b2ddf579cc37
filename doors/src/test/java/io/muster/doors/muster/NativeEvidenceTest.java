package io.muster.doors.muster;

import static io.muster.doors.muster.NativeScene.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Evidence.TpmChip.Role;
import io.muster.core.door.Refusal;
import io.muster.doors.testkit.TestPki;
import io.muster.doors.testkit.TestPki.Holder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a device shows reaches the reception as the evidence that it is.
class NativeEvidenceTest {

    private final NativeScene scene;

    NativeEvidenceTest() throws IOException {
        scene = new NativeScene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void a_one_time_token_with_all_that_a_device_may_say() throws Exception {
        scene.enroll("{'tenant':'acme','enrollment':'gates','registrationId':'Gate-1','token':'s3cr3t',"
                + "'payload':{'floor':[3, 2.50]}}");

        EnrollmentRequest request = scene.asked();
        assertThat(request.door()).isEqualTo("native");
        assertThat(request.scope()).contains("acme");
        assertThat(request.enrollment()).contains(new Name("gates"));
        assertThat(request.registrationId().display()).isEqualTo("Gate-1");
        assertThat(request.evidence()).containsExactly(new Evidence.OneTimeToken("s3cr3t"));
        assertThat(request.certificate()).isEmpty();
        assertThat(request.payload()).contains(new Json("{\"floor\":[3,2.50]}"));
        assertThat(request.source()).isEqualTo("127.0.0.1");
    }

    @Test
    void a_shared_access_signature_is_for_the_name_as_it_was_sent() throws Exception {
        scene.enroll("{'tenant':'acme','registrationId':'Gate-1','sharedAccessSignature':'sr=a&sig=b&se=1'}");

        assertThat(scene.asked().evidence())
                .containsExactly(new Evidence.SharedAccessSignature("sr=a&sig=b&se=1", "acme/registrations/Gate-1"));
    }

    @Test
    void a_shared_access_signature_without_a_tenant_is_malformed_for_it_would_name_none() throws Exception {
        assertThat(scene.enroll("{'registrationId':'gate-1','sharedAccessSignature':'sr=a&sig=b&se=1'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_certificate_of_the_connection_gives_the_name_where_the_body_gives_none() throws Exception {
        Holder gate = TestPki.client("gate-7", 1);

        scene.reached.call(gate, "POST", "/enroll", "{}");

        assertThat(scene.asked().registrationId())
                .isEqualTo(RegistrationId.parse("gate-7").orElseThrow());
        assertThat(scene.asked().scope()).isEmpty();
        assertThat(scene.asked().evidence()).containsExactly(new Evidence.CertificateChain(chain(gate)));
    }

    @Test
    void the_name_in_the_body_goes_before_that_of_the_certificate() throws Exception {
        Holder gate = TestPki.client("gate-7", 0);

        scene.reached.call(gate, "POST", "/enroll", "{\"registrationId\":\"gate-8\",\"token\":\"t\"}");

        assertThat(scene.asked().registrationId().display()).isEqualTo("gate-8");
        assertThat(scene.asked().evidence())
                .containsExactly(new Evidence.CertificateChain(chain(gate)), new Evidence.OneTimeToken("t"));
    }

    @Test
    void without_any_name_there_is_nobody_to_enroll() throws Exception {
        assertThat(scene.enroll("{'token':'t'}").status()).isEqualTo(400);
        assertThat(scene.reception.turnedAway()).containsExactly(new Refusal.MalformedRegistrationId());
    }

    @Test
    void a_tpm_shows_two_keys_and_perhaps_a_certificate() throws Exception {
        scene.enroll("{'registrationId':'g','tpm':{'endorsementKey':'AQ==','attestationKey':'Ag=='}}");
        assertThat(scene.asked().evidence())
                .containsExactly(new Evidence.TpmChip(octets(1), Optional.empty(), octets(2), Role.ATTESTATION));

        scene.enroll("{'registrationId':'g','tpm':{'endorsementKey':'AQ==','endorsementCertificate':'Aw==',"
                + "'attestationKey':'Ag=='}}");
        assertThat(scene.asked().evidence())
                .containsExactly(new Evidence.TpmChip(octets(1), Optional.of(octets(3)), octets(2), Role.ATTESTATION));
    }

    @Test
    void an_answer_is_evidence_beside_the_chip() throws Exception {
        scene.enroll("{'registrationId':'g','tpm':{'endorsementKey':'AQ==','attestationKey':'Ag=='},"
                + "'continuation':'CQgH','answer':{'secret':'BA==','certifiedKey':"
                + "{'publicArea':'BQ==','attestation':'Bg==','signature':'Bw=='}}}");

        assertThat(scene.asked().evidence())
                .containsExactly(
                        new Evidence.TpmChip(octets(1), Optional.empty(), octets(2), Role.ATTESTATION),
                        new Evidence.TpmActivation(octets(9, 8, 7), octets(4)),
                        new Evidence.TpmCertifiedKey(octets(5), octets(6), octets(7)));
    }

    @Test
    void a_certificate_request_may_be_der_in_base64_or_pem() throws Exception {
        String columns = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(NativeScene.REQUEST);
        String pem = "-----BEGIN CERTIFICATE REQUEST-----\n" + columns + "\n-----END CERTIFICATE REQUEST-----\n";
        for (String text : List.of(NativeScene.base64(NativeScene.REQUEST), columns, pem)) {
            scene.enroll("{'registrationId':'gate-1','token':'t','csr':'" + text.replace("\n", "\\n") + "'}");

            CertificateRequest request = scene.asked().certificate().orElseThrow();
            assertThat(request.der()).isEqualTo(Bytes.of(NativeScene.REQUEST));
            assertThat(request.purpose()).isEqualTo(Purpose.ENROLL);
        }
    }

    @Test
    void fields_that_are_null_are_absent() throws Exception {
        scene.enroll("{'registrationId':'g','token':null,'tpm':null,'continuation':null,'answer':null,'csr':null,"
                + "'payload':null,'tenant':null,'enrollment':null,'sharedAccessSignature':null}");

        assertThat(scene.asked())
                .isEqualTo(new EnrollmentRequest(
                        "native",
                        Optional.empty(),
                        RegistrationId.parse("g").orElseThrow(),
                        List.of(),
                        Optional.empty(),
                        "127.0.0.1"));
    }

    private static List<Bytes> chain(Holder holder) throws Exception {
        List<Bytes> chain = new ArrayList<>();
        for (var certificate : holder.chain()) {
            chain.add(Bytes.of(certificate.getEncoded()));
        }
        return chain;
    }
}
