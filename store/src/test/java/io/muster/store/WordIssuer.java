package io.muster.store;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.issuance.Issuer;
import io.muster.core.issuance.Order;
import io.muster.core.roster.CertificateProfile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Signs whatever it is ordered to. Its certificates are words and noise, of the size of real ones.
final class WordIssuer implements Issuer {

    static final String KEY_ID = "5a3c0f1e2d4b69788796a5b4c3d2e1f001122334";
    static final String TEXT = "words of a certificate: ";
    private static final int SIZE = 620;

    @Override
    public Result sign(Order order) {
        return new Result.Signed(
                certificate(order.serial(), order.registrationId()),
                authorities(order.tenant()),
                "cn=" + order.registrationId().canonical(),
                order.now().plus(order.profile().life()).truncatedTo(ChronoUnit.SECONDS),
                KEY_ID,
                shard(order.serial()),
                order.request().publicKey(),
                Optional.empty());
    }

    static int shard(Serial serial) {
        return serial.octets().toArray()[Serial.SIZE - 1] & 1;
    }

    static Bytes certificate(Serial serial, RegistrationId name) {
        byte[] noise = new byte[SIZE];
        new Random(serial.hashCode()).nextBytes(noise);
        ByteBuffer buffer = ByteBuffer.wrap(noise);
        buffer.put((TEXT + serial + " for " + name.display()).getBytes(StandardCharsets.UTF_8));
        return Bytes.of(noise);
    }

    @Override
    public Optional<Name> tenant(String issuer) {
        return Optional.of(Scene.ACME);
    }

    @Override
    public List<Bytes> authorities(Name tenant) {
        return List.of(words("issuing " + tenant), words("root " + tenant));
    }

    @Override
    public List<Bytes> chain(Name tenant, String issuer) {
        return authorities(tenant);
    }

    static CertificateProfile profile(int version) {
        CertificateProfile standard = CertificateProfile.standard(Scene.ACME);
        return new CertificateProfile(
                standard.tenant(),
                standard.name(),
                version,
                standard.life(),
                standard.backdating(),
                standard.algorithms(),
                standard.keyUsages(),
                standard.purposes(),
                standard.subject(),
                standard.alternativeNames(),
                !standard.serverKeys());
    }

    private static Bytes words(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
