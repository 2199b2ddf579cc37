package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.DeviceContext;
import io.muster.server.testkit.Installation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Two tenants trust one maker, and neither has proved to hold its key: the name that a device connects to decides.
class EndpointNameTest {

    private static final int LET_IN = 0;
    private static final int NOT_AUTHORIZED = 5;
    private static final int PATIENCE_MILLIS = 30_000;

    @AutoClose
    private static final Installation HOUSE = Installation.open("listeners.tenant-domain=gate.test");

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");
    private static final Customer BETA = Customer.create(HOUSE.operator(), "beta");

    @Test
    void a_device_is_the_tenants_whose_name_it_connects_to() throws Exception {
        Maker maker = Maker.found("Gates");
        ACME.trusts("gates", maker.rootPem());
        BETA.trusts("doors", maker.rootPem());

        assertThat(knock(maker.make("gate-1"), "acme.gate.test")).isEqualTo(LET_IN);
        assertThat(knock(maker.make("gate-2"), "BETA.gate.test")).isEqualTo(LET_IN);
        assertThat(knock(maker.make("gate-3"), "localhost")).isEqualTo(NOT_AUTHORIZED);
        assertThat(knock(maker.make("gate-4"), "nobody.gate.test")).isEqualTo(NOT_AUTHORIZED);
        assertThat(names(ACME)).containsExactly("gate-1");
        assertThat(names(BETA)).containsExactly("gate-2");
    }

    private static List<String> names(Customer customer) {
        return customer.devices().stream()
                .map(it -> it.path("registrationId").asText())
                .toList();
    }

    /// The code of the CONNACK.
    private static int knock(X509Device device, String serverName) throws Exception {
        try (SSLSocket socket = (SSLSocket) DeviceContext.of(HOUSE.target("none"), device)
                .getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(),
                        HOUSE.house().mqttPort().orElseThrow())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(serverName)));
            socket.setSSLParameters(parameters);
            socket.getOutputStream().write(connect(device.registrationId()));
            socket.getOutputStream().flush();
            return socket.getInputStream().readNBytes(4)[3];
        }
    }

    /// MQTT 3.1.1 section 3.1.
    private static byte[] connect(String clientId) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] id = clientId.getBytes(StandardCharsets.UTF_8);
        out.write(
                new byte[] {0x10, (byte) (12 + id.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, (byte) id.length});
        out.write(id);
        return out.toByteArray();
    }
}
