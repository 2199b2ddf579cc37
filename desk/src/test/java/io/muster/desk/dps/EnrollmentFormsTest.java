package io.muster.desk.dps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.access.Warrant;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Treatment.Reprovision;
import io.muster.desk.exchange.Form;
import io.muster.desk.roster.ProofForm;
import io.muster.desk.testkit.FakeCertificates;
import io.muster.desk.testkit.MemoryAnchors;
import io.muster.desk.testkit.MemoryRoster;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of each field of Azure's, and what is refused.
class EnrollmentFormsTest {

    private static final Name ACME = new Name("acme");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String SYMMETRIC =
            "'attestation':{'type':'symmetricKey','symmetricKey':{'primaryKey':'" + KEY + "','secondaryKey':''}}";

    private final MemoryRoster roster = new MemoryRoster();
    private final MemoryAnchors anchors = new MemoryAnchors(roster);
    private final EnrollmentReader reader =
            new EnrollmentReader(roster, new ProofForm(new FakeCertificates(), anchors, new SecureRandom()));

    @BeforeEach
    void hubs() {
        hub("eu-1", "eu.example.com", 8883);
        hub("us-1", "us.example.com", 8883);
        hub("us-2", "us.example.com", 8884);
    }

    @Test
    void every_field_that_has_a_place_here_comes_back_as_it_went() {
        Enrollment read =
                filled(individual("'deviceId':'robot-7','allocationPolicy':'static','iotHubs':['EU.example.com'],"
                        + "'reprovisionPolicy':{'updateHubAssignment':true,'migrateDeviceData':false},"
                        + "'provisioningStatus':'disabled','capabilities':{'iotEdge':false},'initialTwin':{'tags':{}},"
                        + "'etag':'\\\"4\\\"'," + SYMMETRIC));

        assertThat(read.treatment().allocation()).isEqualTo(new Allocation.Static(new Name("eu-1")));
        assertThat(read.treatment().reprovision()).isEqualTo(Reprovision.RESET);
        assertThat(read.enabled()).isFalse();
        JsonNode shown = shown(read);
        assertThat(shown.path("registrationId").asText()).isEqualTo("Pump.1");
        assertThat(shown.path("deviceId").asText()).isEqualTo("robot-7");
        assertThat(shown.path("allocationPolicy").asText()).isEqualTo("static");
        assertThat(shown.path("iotHubs")).hasToString("[\"eu.example.com\"]");
        assertThat(shown.path("reprovisionPolicy"))
                .hasToString("{\"updateHubAssignment\":true,\"migrateDeviceData\":false}");
        assertThat(shown.path("provisioningStatus").asText()).isEqualTo("disabled");
        assertThat(shown.path("etag").asText()).isEqualTo("\"1\"");
        assertThat(shown.at("/attestation/symmetricKey")).isEmpty();
    }

    @Test
    void hubs_that_share_a_host_are_named_by_their_names() {
        Enrollment read = filled(individual("'iotHubs':['us-2','eu.example.com']," + SYMMETRIC));

        assertThat(shown(read).path("iotHubs")).hasToString("[\"us-2\",\"eu.example.com\"]");
    }

    @Test
    void a_hook_chooses_among_the_hubs_of_a_custom_allocation() {
        Enrollment read =
                filled(individual("'allocationPolicy':'custom','iotHubs':['us-2'],'customAllocationDefinition':"
                        + "{'webhookUrl':'https://hooks.example.com/place','apiVersion':'2019-03-31'}," + SYMMETRIC));

        assertThat(shown(read).path("allocationPolicy").asText()).isEqualTo("custom");
        assertThat(shown(read).path("customAllocationDefinition"))
                .hasToString("{\"webhookUrl\":\"https://hooks.example.com/place\",\"apiVersion\":\"2021-10-01\"}");
        assertThat(filled(individual("'customAllocationDefinition':null," + SYMMETRIC))
                        .treatment()
                        .allocation())
                .isEqualTo(new Allocation.Hashed(List.of()));
    }

    @Test
    void a_change_without_keys_keeps_those_that_are_there_and_with_one_changes_that_one() {
        Enrollment present = filled(individual(SYMMETRIC));

        Enrollment same = changed(present, "{'registrationId':'Pump.1','attestation':{'type':'symmetricKey'}}");
        Enrollment other = changed(
                present,
                "{'registrationId':'Pump.1','attestation':{'type':'symmetricKey','symmetricKey':{'secondaryKey':'" + KEY
                        + "'}}}");

        assertThat(same.proof()).isEqualTo(present.proof());
        Proof.SymmetricKeys keys = (Proof.SymmetricKeys) other.proof();
        assertThat(keys.secondary()).isEqualTo(keys.primary());
        assertThat(other.version()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'capabilities':{'iotEdge':true} | IoT Edge",
                "'initialTwin':{'tags':{'site':'a'}} | There are no twins here",
                "'optionalDeviceInformation':{'a':'b'} | Optional device information",
                "'customAllocationDefinition':{'webhookUrl':'https://a'} | belongs to custom allocation",
                "'allocationPolicy':'geoLatency' | latency",
                "'allocationPolicy':'custom' | A JSON object is wanted",
                "'allocationPolicy':'custom','customAllocationDefinition':{'webhookUrl':'http://a'} | not where a hook",
                "'allocationPolicy':'static' | names 0",
                "'allocationPolicy':'static','iotHubs':['eu.example.com','us-1'] | names 2",
                "'iotHubs':['nowhere.example.com'] | not linked",
                "'iotHubs':['us.example.com'] | Several hubs",
                "'iotHubs':['eu-1'],'iotHubHostName':'us-1' | different hubs",
                "'reprovisionPolicy':{'updateHubAssignment':false,'migrateDeviceData':true} | never updated",
                "'provisioningStatus':'paused' | no such status",
                "'deviceId':'a b' | cannot be a device id",
                "'secret':'x' | not known here",
            })
    void what_has_no_place_here_is_refused_in_words(String field, String words) {
        assertThat(fault(individual(field + "," + SYMMETRIC))).contains(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'type':'none'} | not known here",
                "{'type':'symmetricKey','symmetricKey':{'primaryKey':'AAAA'}} | not base64 of 16 to 64",
                "{'type':'symmetricKey','x509':{'clientCertificates':{'primary':{'certificate':'DEVICE a-1'}}}} | another type",
                "{'type':'x509','x509':{'signingCertificates':{'primary':{'certificate':'CA a-1'}}}} | pins its device's own",
                "{'type':'x509','x509':{'caReferences':{'primary':'maker'}}} | pins its device's own",
                "{'type':'x509','x509':{'clientCertificates':{'secondary':{'certificate':'DEVICE a-1'}}}} | no primary",
                "{'type':'x509','x509':{'clientCertificates':{'primary':{'info':{'sha256Thumbprint':'00'}}}}} | itself is missing",
                "{'type':'tpm','tpm':{'endorsementKey':'AAAA','storageRootKey':'AAAA'}} | storage root key",
            })
    void an_attestation_that_cannot_be_held_is_refused_in_words(String attestation, String words) {
        assertThat(fault(individual("'attestation':" + attestation))).contains(words);
    }

    @Test
    void the_type_of_an_attestation_never_changes() {
        Enrollment present = filled(individual(SYMMETRIC));

        Form<Enrollment> next = reader.next(
                present,
                json("{'registrationId':'Pump.1','attestation':{'type':'x509','x509':{'clientCertificates':"
                        + "{'primary':{'certificate':'DEVICE a-1'}}}}}"));

        assertThat(((Form.Faulty<Enrollment>) next).problem().detail()).contains("never changes");
    }

    @Test
    void a_group_pins_no_certificate_has_no_device_id_and_asks_for_no_tpm() {
        assertThat(fault(group("'deviceId':'a'," + SYMMETRIC))).contains("cannot share one device id");
        assertThat(fault(group("'attestation':{'type':'tpm','tpm':{'endorsementKey':'AAAA'}}")))
                .contains("cannot ask for TPMs");
        assertThat(fault(group("'attestation':{'type':'x509','x509':{'clientCertificates':"
                        + "{'primary':{'certificate':'DEVICE a-1'}}}}")))
                .contains("not certificates of devices");
        assertThat(fault(group("'attestation':{'type':'x509','x509':{'signingCertificates':"
                        + "{'primary':{'certificate':'CA a-1\\nCA b-1\\nCA c-1'}}}}")))
                .contains("more than a primary and a secondary");
    }

    private Form<Enrollment> individual(String fields) {
        RegistrationId id = RegistrationId.parse("Pump.1").orElseThrow();
        return reader.first(
                ACME, new Name("pump-1"), Optional.of(id), json("{'registrationId':'Pump.1'," + fields + "}"));
    }

    private Form<Enrollment> group(String fields) {
        return reader.first(
                ACME, new Name("pumps"), Optional.empty(), json("{'enrollmentGroupId':'pumps'," + fields + "}"));
    }

    private Enrollment changed(Enrollment present, String body) {
        return filled(reader.next(present, json(body)));
    }

    private JsonNode shown(Enrollment enrollment) {
        return new EnrollmentWriter(roster, new AttestationWriter(anchors), ACME).show(enrollment);
    }

    private static Enrollment filled(Form<Enrollment> form) {
        return switch (form) {
            case Form.Filled<Enrollment>(Enrollment enrollment) -> enrollment;
            case Form.Faulty<Enrollment>(var problem) -> throw new AssertionError(problem.detail());
        };
    }

    private static String fault(Form<Enrollment> form) {
        return switch (form) {
            case Form.Filled<Enrollment> _ -> throw new AssertionError("it was taken");
            case Form.Faulty<Enrollment>(var problem) -> problem.detail();
        };
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void hub(String name, String host, int port) {
        roster.create(
                new Hub(
                        ACME,
                        new Name(name),
                        new Name("eu"),
                        HubEndpoint.parse("mqtts://" + host + ":" + port).orElseThrow(),
                        1,
                        true),
                Warrant.of("test"));
    }
}
