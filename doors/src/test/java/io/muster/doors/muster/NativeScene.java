package io.muster.doors.muster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.device.Bytes;
import io.muster.core.door.Challenge;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Issued;
import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.ObedientReception;
import io.muster.doors.testkit.Reached;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestAuthority;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A native door behind a real listener.
final class NativeScene implements AutoCloseable {

    static final TestAuthority ROOT = TestAuthority.root("Root");
    static final TestAuthority ISSUING = ROOT.intermediate("Issuing");
    static final Issued ISSUED = new Issued(
            ISSUING.device("gate-1").certificate(),
            List.of(ISSUING.certificate(), ROOT.certificate()),
            Instant.parse("2026-12-01T08:09:10.5Z"),
            Optional.empty());
    static final byte[] REQUEST = RequestSpec.of("gate-1").der();
    static final Challenge ACTIVATE = new Challenge.Activate(octets(1), octets(2, 3), octets(4, 5, 6));

    final ObedientReception reception = new ObedientReception();
    final Reached reached;

    NativeScene() throws IOException {
        reached = Reached.by(new NativeDoor(reception));
    }

    Caller.Answer enroll(String body) throws Exception {
        return reached.call("POST", "/enroll", body.replace('\'', '"'));
    }

    /// What the reception was asked last.
    EnrollmentRequest asked() {
        return reception.asked().getLast();
    }

    static JsonNode json(Caller.Answer answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    static Bytes octets(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return Bytes.of(octets);
    }

    @Override
    public void close() {
        reached.close();
    }
}
