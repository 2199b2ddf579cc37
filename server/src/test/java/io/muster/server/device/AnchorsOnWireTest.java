package io.muster.server.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// An authority that openssl made, and the very lines that the command line tells an operator to type.
class AnchorsOnWireTest {

    private static final String AUTHORITY = """
            openssl req -x509 -newkey rsa:2048 -nodes -keyout %s.key -subj "/CN=Pump Works" -days 30 \\
                -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign -out %s.pem
            """;

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private final Operator operator = HOUSE.operator();

    @Test
    void an_authority_is_proved_by_the_lines_that_were_printed_and_lets_its_devices_in() throws Exception {
        Bash.needs("openssl", "curl");
        Customer acme = Customer.create(operator, "acme");
        operator.types("tenant", "change", "acme", "--verified-anchors", "true");
        Bash maker = Bash.in(Ground.folder("maker"));
        maker.types(AUTHORITY.formatted("CA", "CA") + AUTHORITY.formatted("thief", "thief"));
        String authority = maker.folder().resolve("CA.pem").toString();

        Operator.Said early = tries("enrollment", "create", "pumps", "--x509-ca", authority);
        assertThat(early.code()).isEqualTo(1);
        assertThat(early.err()).contains("There is no verified anchor for CN=Pump Works");

        String told = acme.types("anchor", "create", "maker", "--certificate", authority);
        List<String> lines = told.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("openssl "))
                .toList();
        assertThat(lines).hasSize(2);
        String proof = maker.folder().resolve("proof.pem").toString();
        maker.types(String.join("\n", lines).replace("CA.key", "thief.key").replace("CA.pem", "thief.pem"));
        assertThat(tries("anchor", "verify", "maker", "--certificate", proof).err())
                .contains("another key than the authority's signed it");
        maker.types(String.join("\n", lines));
        assertThat(acme.types("anchor", "verify", "maker", "--certificate", proof))
                .contains("is verified since");

        acme.types("enrollment", "create", "pumps", "--anchor", "maker", "--searchable", "/serial");
        assertThat(enroll(maker)).contains("\"status\":\"assigned\"");
        assertThat(acme.device("pump-1").path("enrollment").path("name").asText())
                .isEqualTo("pumps");
        assertThat(acme.types("device", "list", "--fact", "/serial=SN-4711")).contains("pump-1");
        assertThat(acme.types("device", "list", "--fact", "/serial=SN-4712")).contains("None.");
        assertThat(tries("anchor", "delete", "maker").err()).contains("Anchor maker is needed by enrollment pumps");
    }

    private static String enroll(Bash maker) throws Exception {
        return maker.types(
                """
                openssl req -new -newkey rsa:2048 -nodes -keyout device.key -subj /CN=pump-1 -out device.csr
                printf 'extendedKeyUsage=clientAuth' > device.ext
                openssl x509 -req -in device.csr -CA CA.pem -CAkey CA.key -CAcreateserial -days 1 \\
                    -extfile device.ext -out device.pem
                curl -sS -f --cacert %s --cert device.pem --key device.key -X PUT \\
                    -H 'Content-Type: application/json' -d '{"registrationId":"pump-1","payload":{"serial":"SN-4711"}}' \\
                    '%s/acme/registrations/pump-1/register?api-version=2021-06-01'
                """.formatted(HOUSE.house().data().serverAnchor(), HOUSE.house().devicesUrl()));
    }

    private Operator.Said tries(String... words) {
        String[] all = Stream.concat(Arrays.stream(words), Stream.of("--tenant", "acme"))
                .toArray(String[]::new);
        return operator.tries(all);
    }
}
