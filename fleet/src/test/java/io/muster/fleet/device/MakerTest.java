package io.muster.fleet.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MakerTest {

    private static final Maker MAKER = Maker.found("Acme");

    @Test
    void a_device_chains_to_its_makers_root() throws Exception {
        X509Device device = MAKER.make("pump-1");

        assertThat(verify(device, MAKER)).isEqualTo("CN=pump-1");
    }

    @Test
    void a_maker_of_the_same_name_is_a_stranger() {
        X509Device rogue = Maker.found("Acme").make("pump-1");

        assertThatThrownBy(() -> verify(rogue, MAKER)).isInstanceOf(java.security.GeneralSecurityException.class);
    }

    @Test
    void the_private_key_belongs_to_the_certificate() throws Exception {
        X509Device device = MAKER.make("pump-1");
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey(device));
        signature.update(new byte[] {1, 2, 3});
        byte[] signed = signature.sign();

        signature.initVerify(chain(device).getFirst());
        signature.update(new byte[] {1, 2, 3});
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void every_device_has_a_key_and_a_serial_of_its_own() throws Exception {
        List<String> names = IntStream.range(0, 500).mapToObj(i -> "pump-" + i).toList();
        Set<Object> keys = new HashSet<>();
        Set<Object> serials = new HashSet<>();
        List<X509Device> devices = MAKER.makeAll(names);
        for (X509Device device : devices) {
            X509Certificate certificate = chain(device).getFirst();
            keys.add(certificate.getPublicKey());
            serials.add(certificate.getSerialNumber());
        }

        assertThat(devices).extracting(X509Device::registrationId).isEqualTo(names);
        assertThat(keys).hasSize(500);
        assertThat(serials).hasSize(500);
    }

    @Test
    void a_server_certificate_names_this_machine() throws Exception {
        X509Certificate certificate = chain(MAKER.makeLocalServer()).getFirst();

        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    }

    private static String verify(X509Device device, Maker maker) throws Exception {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain(device));
        PKIXParameters parameters =
                new PKIXParameters(Set.of(new TrustAnchor(read(maker.rootPem()).getFirst(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
        return chain(device).getFirst().getSubjectX500Principal().getName();
    }

    private static List<X509Certificate> chain(X509Device device) throws Exception {
        return read(device.chainPem());
    }

    private static List<X509Certificate> read(String pem) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static PrivateKey privateKey(X509Device device) throws Exception {
        String base64 = device.privateKeyPem().replaceAll("-----[A-Z ]+-----|\n", "");
        byte[] der = Base64.getDecoder().decode(base64);
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }
}
