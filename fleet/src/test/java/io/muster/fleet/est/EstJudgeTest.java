package io.muster.fleet.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Reply;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.UnprovenDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EstJudgeTest {

    private static final String PKCS7 = "application/pkcs7-mime; smime-type=certs-only";
    private static final X500Name NAME = new X500Name("CN=gate-1");

    private final PretendAuthority authority = new PretendAuthority();
    private final Applicant gate = new Applicant(new UnprovenDevice("gate-1"), new Keysmith().request("gate-1"));

    @Test
    void base64_is_read_in_lines_and_on_one_line() throws Exception {
        var certificate = authority.certify(NAME, key());
        assertThat(judged(PretendAuthority.oneLine(certificate))).isInstanceOf(Issuance.Issued.class);
        assertThat(judged(PretendAuthority.oneLine(certificate) + "\n")).isInstanceOf(Issuance.Issued.class);
        assertThat(judged(PretendAuthority.lines(certificate))).isInstanceOf(Issuance.Issued.class);
        assertThat(judged(PretendAuthority.lines(certificate).replace("\n", "\r\n")))
                .isInstanceOf(Issuance.Issued.class);
    }

    /// An empty body; no base64; base64 of other things than DER; DER of other things than SignedData.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%%%%",
                "bm90IFBLQ1MgIzc=",
                "MIIB",
                "MAA=",
                "BAA=",
                "MAsGCSqGSIb3DQEHAQ==",
                "MAsGCSqGSIb3DQEHAg=="
            })
    void garbage_is_a_loss(String body) throws Exception {
        assertThat(judged(body)).isInstanceOf(Issuance.Lost.class);
    }

    @Test
    void an_answer_cut_anywhere_is_a_loss() throws Exception {
        byte[] whole = Base64.getDecoder().decode(PretendAuthority.oneLine(authority.certify(NAME, key())));
        for (int length = 0; length < whole.length; length++) {
            String cut = Base64.getEncoder().encodeToString(Arrays.copyOf(whole, length));
            assertThat(judged(cut)).as("%d bytes", length).isInstanceOf(Issuance.Lost.class);
        }
    }

    @Test
    void an_answer_with_something_behind_it_is_a_loss() throws Exception {
        byte[] whole = Base64.getDecoder().decode(PretendAuthority.oneLine(authority.certify(NAME, key())));
        String longer = Base64.getEncoder().encodeToString(Arrays.copyOf(whole, whole.length + 2));

        assertThat(judged(longer)).isEqualTo(new Issuance.Lost("the answer is not PKCS #7"));
    }

    @Test
    void an_answer_of_another_content_type_is_a_loss() {
        assertThat(ending(200, "text/html", "MAA=", ""))
                .isEqualTo(new Issuance.Lost("content type is 'text/html', not application/pkcs7-mime"));
    }

    @Test
    void an_answer_without_certificates_is_a_loss() throws Exception {
        assertThat(judged(PretendAuthority.lines())).isEqualTo(new Issuance.Lost("the answer holds no certificate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN=gate-2", "O=Acme", "CN=gate-1,CN=gate-2", "CN=gate-1.example.com"})
    void a_certificate_that_bears_another_name_is_a_loss(String subject) throws Exception {
        assertThat(judged(PretendAuthority.lines(authority.certify(new X500Name(subject), key()))))
                .isEqualTo(new Issuance.Lost("the certificate bears another name than the registration id"));
    }

    @Test
    void a_subject_may_say_more_than_the_name_and_in_other_letters() throws Exception {
        assertThat(judged(PretendAuthority.lines(authority.certify(new X500Name("O=Acme,CN=GATE-1"), key()))))
                .isInstanceOf(Issuance.Issued.class);
    }

    @Test
    void a_certificate_that_has_expired_is_a_loss() throws Exception {
        Instant past = Instant.now().minusSeconds(5);
        assertThat(judged(PretendAuthority.lines(authority.certify(NAME, NAME, key(), past))))
                .isEqualTo(new Issuance.Lost("the certificate is not valid now"));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 302, 400, 401, 403, 404, 409, 413, 415})
    void whatever_else_is_answered_is_a_refusal(int status) {
        assertThat(ending(status, "text/plain", "no\r\nway", "")).isEqualTo(new Issuance.Refused(status, "no way"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void a_server_that_cannot_now_may_be_asked_again(int status) {
        assertThat(judge(status, "text/plain", "x".repeat(5000), ""))
                .isEqualTo(new Judgment.Unavailable<>(new Issuance.Refused(status, "x".repeat(200))));
    }

    @Test
    void a_deferral_names_its_pause() {
        assertThat(judge(202, "text/plain", "", "120"))
                .isEqualTo(new Judgment.Deferred<Issuance>("", Duration.ofMinutes(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "Mon, 23 Nov 2026 23:00:00 GMT"})
    void a_deferral_without_seconds_to_wait_is_a_loss(String retryAfter) {
        assertThat(ending(202, "text/plain", "", retryAfter))
                .isEqualTo(new Issuance.Lost("deferred without a Retry-After in whole seconds"));
    }

    private Issuance judged(String body) {
        return ending(200, PKCS7, body, "");
    }

    private Issuance ending(int status, String contentType, String body, String retryAfter) {
        Judgment<Issuance> judgment = judge(status, contentType, body, retryAfter);
        assertThat(judgment).isInstanceOf(Judgment.Final.class);
        return ((Judgment.Final<Issuance>) judgment).ending();
    }

    private Judgment<Issuance> judge(int status, String contentType, String body, String retryAfter) {
        Optional<String> pause = Optional.of(retryAfter).filter(text -> !text.isEmpty());
        return new EstJudge().judge(gate, Operation.ENROLL, new Reply(status, contentType, pause, body));
    }

    private SubjectPublicKeyInfo key() throws Exception {
        return new PKCS10CertificationRequest(gate.request().der()).getSubjectPublicKeyInfo();
    }
}
