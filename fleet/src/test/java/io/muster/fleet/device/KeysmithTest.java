package io.muster.fleet.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;

final class KeysmithTest {

    private static final Keysmith KEYSMITH = new Keysmith();

    @Test
    void a_request_is_signed_by_its_key_and_asks_for_the_name() throws Exception {
        PKCS10CertificationRequest request = parse(KEYSMITH.request("gate-1"));

        assertThat(isSigned(request)).isTrue();
        assertThat(request.getSubject()).isEqualTo(new X500Name("CN=gate-1"));
        assertThat(request.getAttributes()).isEmpty();
    }

    @Test
    void every_request_has_a_key_of_its_own() throws Exception {
        List<String> names = IntStream.range(0, 200).mapToObj(i -> "gate-" + i).toList();
        List<CertificateRequest> requests = KEYSMITH.requests(names);
        Set<Object> keys = new HashSet<>();
        for (CertificateRequest request : requests) {
            keys.add(parse(request).getSubjectPublicKeyInfo());
        }

        assertThat(requests).extracting(CertificateRequest::registrationId).isEqualTo(names);
        assertThat(keys).hasSize(200);
    }

    @Test
    void a_renewal_asks_for_the_subject_and_the_names_in_use_on_another_key() throws Exception {
        X509Device inUse = Maker.found("Acme").makeLocalServer();
        X509CertificateHolder certificate = new X509CertificateHolder(inUse.certificate());
        CertificateRequest renewal = KEYSMITH.renewal(inUse);
        PKCS10CertificationRequest request = parse(renewal);

        assertThat(isSigned(request)).isTrue();
        assertThat(renewal.isFor(certificate.getSubjectPublicKeyInfo().getEncoded()))
                .isFalse();
        assertThat(request.getSubject()).isEqualTo(certificate.getSubject());
        assertThat(request.getRequestedExtensions().getExtensionOIDs())
                .containsExactly(Extension.subjectAlternativeName);
        assertThat(request.getRequestedExtensions().getExtension(Extension.subjectAlternativeName))
                .isEqualTo(certificate.getExtension(Extension.subjectAlternativeName));
    }

    private static PKCS10CertificationRequest parse(CertificateRequest request) throws Exception {
        return new PKCS10CertificationRequest(request.der());
    }

    private static boolean isSigned(PKCS10CertificationRequest request) throws Exception {
        return request.isSignatureValid(new JcaContentVerifierProviderBuilder()
                .setProvider(new BouncyCastleProvider())
                .build(request.getSubjectPublicKeyInfo()));
    }
}
