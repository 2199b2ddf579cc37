package io.muster.server.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.azure.sdk.iot.provisioning.device.ProvisioningDeviceClientStatus;
import com.microsoft.azure.sdk.iot.provisioning.security.SecurityProvider;
import com.microsoft.azure.sdk.iot.provisioning.service.ProvisioningServiceClient;
import com.microsoft.azure.sdk.iot.provisioning.service.Query;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.AllocationPolicy;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.BulkEnrollmentOperationResult;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.BulkOperationMode;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.DeviceRegistrationState;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentGroup;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentStatus;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.IndividualEnrollment;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.ProvisioningStatus;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.QueryResult;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.QuerySpecification;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.SymmetricKeyAttestation;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.TpmAttestation;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.X509Attestation;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientBadFormatException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientNotFoundException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientPreconditionFailedException;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.AzureService;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.SdkIdentities;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Azure's published service SDK for Java manages a tenant's enrollments, and Azure's devices come by them.
class ServiceSdkTest {

    private static final SymmetricKeyAttestation MAKE_KEYS = new SymmetricKeyAttestation(null, null);

    @AutoClose
    private static final Installation HOUSE = Installation.open(AzureService.NAMES);

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");
    private static final Maker MAKER = Maker.found("Pump Works");
    private static AzureService machine;
    private static ProvisioningServiceClient service;

    @BeforeAll
    static void connect() throws Exception {
        machine = AzureService.of(HOUSE);
        service = AzureService.client(
                AzureService.policy(HOUSE.operator(), "acme", "provisioningserviceowner", "operator"));
    }

    @AfterAll
    static void leave() throws Exception {
        machine.close();
    }

    @Test
    void an_individual_enrollment_with_keys_is_created_and_read_back_and_its_device_comes() throws Exception {
        IndividualEnrollment wanted = new IndividualEnrollment("Bench.1", MAKE_KEYS);
        wanted.setDeviceId("robot-7");
        wanted.setAllocationPolicy(AllocationPolicy.STATIC);
        wanted.setIotHubs(List.of(Customer.HUB));
        service.createOrUpdateIndividualEnrollment(wanted);

        IndividualEnrollment read = service.getIndividualEnrollment("bench.1");
        assertThat(read.getRegistrationId()).isEqualTo("Bench.1");
        assertThat(read.getDeviceId()).isEqualTo("robot-7");
        assertThat(read.getAllocationPolicy()).isEqualTo(AllocationPolicy.STATIC);
        assertThat(read.getIotHubs()).containsExactly(Customer.HUB);
        assertThat(((SymmetricKeyAttestation) read.getAttestation()).getPrimaryKey())
                .isNull();

        comes(SdkIdentities.key("Bench.1", keys("Bench.1").getPrimaryKey()), "robot-7");
        DeviceRegistrationState state = service.getDeviceRegistrationState("Bench.1");
        assertThat(state.getStatus()).isEqualTo(EnrollmentStatus.ASSIGNED);
        assertThat(state.getDeviceId()).isEqualTo("robot-7");
        assertThat(state.getAssignedHub()).isEqualTo(Customer.HUB);
        assertThat(state.getCreatedDateTimeUtc()).isNotNull();
        assertThat(service.getIndividualEnrollment("Bench.1")
                        .getDeviceRegistrationState()
                        .getStatus())
                .isEqualTo(EnrollmentStatus.ASSIGNED);
        assertThatThrownBy(() -> service.deleteDeviceRegistrationState("Bench.1"))
                .isInstanceOf(ProvisioningServiceClientBadFormatException.class)
                .hasMessageContaining("A registration is not deleted here");
    }

    @Test
    void what_was_read_is_changed_and_stored_again_and_a_stale_change_is_refused() throws Exception {
        service.createOrUpdateIndividualEnrollment(new IndividualEnrollment("valve-1", MAKE_KEYS));
        String key = keys("valve-1").getPrimaryKey();

        IndividualEnrollment first = service.getIndividualEnrollment("valve-1");
        first.setProvisioningStatus(ProvisioningStatus.DISABLED);
        IndividualEnrollment second = service.createOrUpdateIndividualEnrollment(first);

        assertThat(second.getProvisioningStatus()).isEqualTo(ProvisioningStatus.DISABLED);
        assertThat(second.getEtag()).isNotEqualTo(first.getEtag());
        assertThat(keys("valve-1").getPrimaryKey()).isEqualTo(key);
        assertThatThrownBy(() -> service.createOrUpdateIndividualEnrollment(first))
                .isInstanceOf(ProvisioningServiceClientPreconditionFailedException.class);
        assertThatThrownBy(() -> service.deleteIndividualEnrollment("valve-1", first.getEtag()))
                .isInstanceOf(ProvisioningServiceClientPreconditionFailedException.class);
        service.deleteIndividualEnrollment(second);
        assertThatThrownBy(() -> service.getIndividualEnrollment("valve-1"))
                .isInstanceOf(ProvisioningServiceClientNotFoundException.class);
    }

    @Test
    void a_deleted_enrollment_lets_nobody_in_and_may_be_made_anew() throws Exception {
        service.createOrUpdateIndividualEnrollment(new IndividualEnrollment("gone-1", MAKE_KEYS));
        SecurityProvider old = SdkIdentities.key("gone-1", keys("gone-1").getPrimaryKey());
        comes(old, "gone-1");
        service.deleteIndividualEnrollment("gone-1");

        assertThatThrownBy(() -> sdk().register(old)).isInstanceOf(Exception.class);

        service.createOrUpdateIndividualEnrollment(new IndividualEnrollment("gone-1", MAKE_KEYS));
        assertThatThrownBy(() -> sdk().register(old)).isInstanceOf(Exception.class);
        comes(SdkIdentities.key("gone-1", keys("gone-1").getPrimaryKey()), "gone-1");
        assertThat(ACME.asks("enrollment", "get", "gone-1").path("version").asInt())
                .isEqualTo(2);
        assertThat(audited("enrollment:gone-1"))
                .containsExactly("enrollmentCreated", "enrollmentDeleted", "enrollmentCreated");
    }

    @Test
    void a_pinned_certificate_comes_back_by_its_information_and_stays_when_that_is_stored_again() throws Exception {
        X509Device device = Maker.found("Lone Workshop").make("lone-1");
        service.createOrUpdateIndividualEnrollment(new IndividualEnrollment(
                "lone-1", X509Attestation.createFromClientCertificates(device.certificatePem())));

        IndividualEnrollment read = service.getIndividualEnrollment("lone-1");
        X509Attestation shown = (X509Attestation) read.getAttestation();
        assertThat(shown.getPrimaryX509CertificateInfo().getSubjectName()).contains("lone-1");
        assertThat(shown.getPrimaryX509CertificateInfo().getNotAfterUtc()).isNotNull();
        assertThat(service.createOrUpdateIndividualEnrollment(read).getEtag()).isEqualTo(read.getEtag());
        comes(SdkIdentities.certificate(device), "lone-1");
    }

    @Test
    void the_endorsement_key_of_a_tpm_comes_back_as_it_went() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        byte[] modulus =
                ((RSAPublicKey) keys.generateKeyPair().getPublic()).getModulus().toByteArray();
        String endorsementKey = Base64.getEncoder()
                .encodeToString(HexFormat.of()
                        .parseHex(
                                "013a0001000b000300b20020837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469"
                                        + "aa00060080004300100800000000000100"
                                        + HexFormat.of().formatHex(modulus, 1, 257)));
        service.createOrUpdateIndividualEnrollment(
                new IndividualEnrollment("board-1", new TpmAttestation(endorsementKey)));

        IndividualEnrollment read = service.getIndividualEnrollment("board-1");

        assertThat(((TpmAttestation) read.getAttestation()).getEndorsementKey()).isEqualTo(endorsementKey);
    }

    @Test
    void a_group_that_trusts_an_authority_lets_its_devices_in_and_tells_of_them() throws Exception {
        service.createOrUpdateEnrollmentGroup(
                new EnrollmentGroup("pumps", X509Attestation.createFromRootCertificates(MAKER.rootPem())));
        comes(SdkIdentities.certificate(MAKER.make("pump-1")), "pump-1");
        comes(SdkIdentities.certificate(MAKER.make("pump-2")), "pump-2");

        EnrollmentGroup read = service.getEnrollmentGroup("pumps");
        X509Attestation shown = (X509Attestation) read.getAttestation();
        assertThat(shown.getRootCertificates().getPrimary().getInfo().getSubjectName())
                .contains("Pump Works");
        read.setProvisioningStatus(ProvisioningStatus.DISABLED);
        service.createOrUpdateEnrollmentGroup(read);
        assertThatThrownBy(() -> sdk().register(SdkIdentities.certificate(MAKER.make("pump-3"))))
                .isInstanceOf(Exception.class);

        Query query = service.createEnrollmentGroupRegistrationStateQuery(
                new QuerySpecification("SELECT * FROM deviceRegistrations WHERE status = 'assigned'"), "pumps", 1);
        List<String> names = new ArrayList<>();
        all(query).forEach(it -> names.add(((DeviceRegistrationState) it).getRegistrationId()));
        assertThat(names).containsExactlyInAnyOrder("pump-1", "pump-2");
    }

    @Test
    void a_group_with_keys_lets_devices_with_derived_keys_in_until_it_is_deleted() throws Exception {
        service.createOrUpdateEnrollmentGroup(new EnrollmentGroup("meters", MAKE_KEYS));
        SymmetricKeyAttestation keys = (SymmetricKeyAttestation)
                service.getEnrollmentGroupAttestationMechanism("meters").getAttestation();
        comes(SdkIdentities.derivedKey("meter-1", keys.getSecondaryKey()), "meter-1");

        service.deleteEnrollmentGroup("meters");

        assertThatThrownBy(() -> sdk().register(SdkIdentities.derivedKey("meter-1", keys.getPrimaryKey())))
                .isInstanceOf(Exception.class);
        assertThat(ACME.device("meter-1").path("state").asText()).isEqualTo("enabled");
    }

    @Test
    void many_are_changed_at_once_and_those_that_fail_are_named() throws Exception {
        List<IndividualEnrollment> ten = IntStream.range(0, 10)
                .mapToObj(i -> new IndividualEnrollment("bulk-" + i, MAKE_KEYS))
                .toList();
        assertThat(service.runBulkEnrollmentOperation(BulkOperationMode.CREATE, ten)
                        .getSuccessful())
                .isTrue();

        BulkEnrollmentOperationResult again = service.runBulkEnrollmentOperation(
                BulkOperationMode.CREATE, List.of(ten.getFirst(), new IndividualEnrollment("bulk-new", MAKE_KEYS)));
        assertThat(again.getSuccessful()).isFalse();
        assertThat(again.getErrors()).singleElement().satisfies(error -> {
            assertThat(error.getRegistrationId()).isEqualTo("bulk-0");
            assertThat(error.getErrorCode()).isEqualTo(409_201);
        });
        ten.get(1).setEtag("\"7\"");
        BulkEnrollmentOperationResult stale =
                service.runBulkEnrollmentOperation(BulkOperationMode.UPDATE_IF_MATCH_ETAG, List.of(ten.get(1)));
        assertThat(stale.getErrors().getFirst().getErrorCode()).isEqualTo(412_201);
        List<IndividualEnrollment> eleven = new ArrayList<>(ten);
        eleven.add(new IndividualEnrollment("bulk-11", MAKE_KEYS));
        assertThatThrownBy(() -> service.runBulkEnrollmentOperation(BulkOperationMode.CREATE, eleven))
                .isInstanceOf(ProvisioningServiceClientBadFormatException.class);

        ten.get(1).setEtag(null);
        assertThat(service.runBulkEnrollmentOperation(BulkOperationMode.DELETE, ten)
                        .getSuccessful())
                .isTrue();
        assertThat(ids("SELECT * FROM enrollments WHERE registrationId = 'bulk-3'", 0))
                .isEmpty();
    }

    @Test
    void a_query_comes_page_by_page_and_finds_what_its_condition_says() throws Exception {
        for (int i = 0; i < 7; i++) {
            IndividualEnrollment one = new IndividualEnrollment("query-" + i, MAKE_KEYS);
            one.setProvisioningStatus(i % 2 == 0 ? ProvisioningStatus.ENABLED : ProvisioningStatus.DISABLED);
            one.setDeviceId(i < 4 ? "low-" + i : null);
            service.createOrUpdateIndividualEnrollment(one);
        }

        List<String> all = ids("SELECT * FROM enrollments", 2);
        assertThat(all).doesNotHaveDuplicates().contains("query-0", "query-3", "query-6");
        assertThat(ids("select * from enrollments where provisioningStatus='disabled' AND NOT deviceId = `low-1`", 2))
                .containsExactlyInAnyOrderElementsOf(Set.of("query-3", "query-5"));
        assertThatThrownBy(() -> ids("SELECT * FROM enrollments; DROP TABLE enrollment", 0))
                .hasMessageContaining("signs that no query has");
        assertThatThrownBy(() -> ids("SELECT * FROM enrollments WHERE registrationId = 'x' OR 1=1", 0))
                .hasMessageContaining("The query is not served");
        String foreign = service.createIndividualEnrollmentQuery(new QuerySpecification("SELECT * FROM enrollments"), 1)
                .next()
                .getContinuationToken();
        assertThatThrownBy(() -> service.createIndividualEnrollmentQuery(
                                new QuerySpecification("SELECT * FROM enrollments WHERE deviceId = 'low-1'"), 1)
                        .next(foreign))
                .hasMessageContaining("not of this query");
    }

    private static List<String> ids(String query, int pageSize) {
        List<String> ids = new ArrayList<>();
        all(service.createIndividualEnrollmentQuery(new QuerySpecification(query), pageSize))
                .forEach(it -> ids.add(((IndividualEnrollment) it).getRegistrationId()));
        return ids;
    }

    private static List<Object> all(Query query) {
        List<Object> items = new ArrayList<>();
        for (int page = 0; page < 100 && query.hasNext(); page++) {
            QueryResult result = query.next();
            items.addAll(List.of(result.getItems()));
        }
        return items;
    }

    private static SymmetricKeyAttestation keys(String registrationId) throws Exception {
        return (SymmetricKeyAttestation) service.getIndividualEnrollmentAttestationMechanism(registrationId)
                .getAttestation();
    }

    private static void comes(SecurityProvider identity, String deviceId) throws Exception {
        var result = sdk().register(identity);
        assertThat(result.getProvisioningDeviceClientStatus())
                .isEqualTo(ProvisioningDeviceClientStatus.PROVISIONING_DEVICE_STATUS_ASSIGNED);
        assertThat(result.getDeviceId()).isEqualTo(deviceId);
    }

    private static AzureSdk sdk() throws Exception {
        return AzureSdk.trusting(HOUSE.target(ACME.scope()));
    }

    private static List<String> audited(String subject) {
        List<String> kinds = new ArrayList<>();
        for (JsonNode entry : ACME.asks("audit", "list", "--subject", subject).path("items")) {
            assertThat(entry.path("actor").asText()).startsWith("policy:");
            kinds.add(entry.path("kind").asText());
        }
        return kinds;
    }
}
