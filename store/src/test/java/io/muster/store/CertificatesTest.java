package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Credential;
import io.muster.core.device.Credential.State;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.door.Change;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Certificates.Filter;
import io.muster.core.ledger.Certificates.Kept;
import io.muster.core.ledger.Certificates.Page;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Certificates.Revoked;
import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificatesTest {

    private static final Filter ALL = new Filter(Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_certificate_is_kept_with_its_device_and_found_by_its_serial_number_on_every_node(TestServer server)
            throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Outcome outcome = enroll(scene, one, Requests.byKey("Pump-1", "key-1", "certified-1"));
            Device device = device(outcome);
            Credential credential = device.currentCredential().orElseThrow();
            Kept kept = other.certificates().find(ACME, credential.serial()).orElseThrow();

            assertThat(kept.credential()).isEqualTo(credential);
            assertThat(kept.certificate())
                    .isEqualTo(
                            ((Outcome.Enrolled) outcome).issued().orElseThrow().certificate());
            assertThat(kept.registrationId()).isEqualTo(id("pump-1"));
            assertThat(kept.enrollment()).isEqualTo(PUMPS);
            assertThat(kept.profile()).isEqualTo("device@1");
            assertThat(kept.revokedAt()).isEmpty();
            assertThat(credential.key()).isEqualTo(Scene.key("certified-1"));
            assertThat(credential.provedBy()).isEqualTo(Scene.key("key-1"));
            assertThat(other.devices().find(ACME, "pump-1")).contains(device);
            assertThat(other.certificates().find(new Name("other"), credential.serial()))
                    .isEmpty();
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void the_same_key_gets_the_same_certificate_again(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            EnrollmentRequest request = Requests.byKey("pump-1", "key-1", "certified-1");
            Outcome.Enrolled first = (Outcome.Enrolled) enroll(scene, store, request);
            Outcome.Enrolled again = (Outcome.Enrolled) enroll(scene, scene.node(), request);

            assertThat(again.change()).isEqualTo(Change.UNCHANGED);
            assertThat(again.device()).isEqualTo(first.device());
            assertThat(again.issued().orElseThrow().certificate())
                    .isEqualTo(first.issued().orElseThrow().certificate());
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_certified_key_is_its_devices_alone_now_and_after_it_was_replaced(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Serial first = serial(enroll(scene, store, Requests.byKey("pump-1", "key-1", "certified-1")));
            Serial second = serial(enroll(scene, store, Requests.renewal("pump-1", first, "certified-2")));
            assertThat(refusal(enroll(scene, store, Requests.byKey("pump-2", "key-2", "certified-1"))))
                    .isEqualTo(new Refusal.RequestedKeyTaken());
            assertThat(refusal(scene.enroll(store, "pump-2", "certified-2"))).isEqualTo(new Refusal.IdentityKeyTaken());

            serial(enroll(scene, store, Requests.renewal("pump-1", second, "certified-2")));
            assertThat(bindings(scene, 5)).isEqualTo(1);
            assertThat(bindings(scene, 3)).isEqualTo(1);
            assertThat(refusal(enroll(scene, store, Requests.byKey("pump-2", "key-2", "certified-1"))))
                    .isEqualTo(new Refusal.RequestedKeyTaken());
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_replaced_certificate_stands_until_the_new_one_is_used(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Serial first = serial(enroll(scene, store, Requests.byKey("pump-1", "key-1", "certified-1")));
            Serial second = serial(enroll(scene, store, Requests.renewal("pump-1", first, "certified-2")));
            assertThat(state(store, first)).isEqualTo(State.REPLACED);
            assertThat(state(store, second)).isEqualTo(State.CURRENT);

            Outcome.Enrolled used =
                    (Outcome.Enrolled) enroll(scene, store, Requests.renewal("pump-1", second, "certified-2"));
            assertThat(used.change()).isEqualTo(Change.CERTIFIED);
            assertThat(state(store, first)).isEqualTo(State.SUPERSEDED);
            assertThat(store.certificates().find(ACME, first).orElseThrow().revokedAt())
                    .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo(Reason.SUPERSEDED));
            assertThat(refusal(enroll(scene, store, Requests.renewal("pump-1", first, "certified-3"))))
                    .isInstanceOf(Refusal.CertificateSuperseded.class);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_device_that_proves_itself_by_a_new_identity_key_starts_with_new_certificates(TestServer server)
            throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().change(Scene.enrollment(PUMPS, 2, Optional.empty(), true, KeyChange.ALLOW), OPERATOR);
            Serial first = serial(enroll(scene, store, Requests.byKey("pump-1", "key-1", "certified-1")));
            Outcome rekeyed = enroll(scene, store, Requests.byKey("pump-1", "key-2", "key-1"));
            Outcome back = enroll(scene, store, Requests.byKey("pump-1", "certified-1", "key-2"));

            assertThat(state(store, first)).isEqualTo(State.SUPERSEDED);
            assertThat(state(store, serial(rekeyed))).isEqualTo(State.SUPERSEDED);
            assertThat(device(back).identityKeys()).containsExactly(Scene.key("certified-1"));
            assertThat(device(back).currentCredential().orElseThrow().key()).isEqualTo(Scene.key("key-2"));
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_revoked_certificate_proves_nothing_from_the_next_commit_on(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Device device = device(enroll(scene, one, Requests.byKey("pump-1", "key-1", "certified-1")));
            Serial serial = device.currentCredential().orElseThrow().serial();
            Certificates certificates = other.certificates();
            Revoked done = certificates.revoke(ACME, serial, Reason.KEY_COMPROMISE, OPERATOR);
            Revoked again = certificates.revoke(ACME, serial, Reason.UNSPECIFIED, OPERATOR);

            Kept kept = one.certificates().find(ACME, serial).orElseThrow();
            assertThat(done).isEqualTo(new Revoked.Done(kept));
            assertThat(again).isEqualTo(new Revoked.Already(kept));
            assertThat(kept.credential().state()).isEqualTo(State.REVOKED);
            assertThat(kept.revokedAt())
                    .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo(Reason.KEY_COMPROMISE));
            assertThat(refusal(enroll(scene, one, Requests.renewal("pump-1", serial, "certified-2"))))
                    .isInstanceOf(Refusal.CertificateRevoked.class);
            assertThat(refusal(enroll(scene, one, Requests.byKey("pump-1", "key-1", "certified-1"))))
                    .isInstanceOf(Refusal.RequestedKeyRetired.class);
            assertThat(one.devices().find(ACME, "pump-1").orElseThrow().version())
                    .isEqualTo(2);
            assertThat(bindings(scene, 5)).isZero();
            assertThat(number(scene, "SELECT count(*) FROM muster.entry WHERE kind = 7 AND actor = 'test'"))
                    .isEqualTo(1);
            Serial stranger = other.ledger().serial(ACME, id("pump-1"));
            assertThat(certificates.revoke(ACME, stranger, Reason.UNSPECIFIED, OPERATOR))
                    .isEqualTo(new Revoked.Unknown());
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void a_certificate_that_ended_by_itself_can_still_be_revoked_for_a_graver_reason() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Serial first = serial(enroll(scene, store, Requests.byKey("pump-1", "key-1", "certified-1")));
            Serial second = serial(enroll(scene, store, Requests.renewal("pump-1", first, "certified-2")));
            serial(enroll(scene, store, Requests.renewal("pump-1", second, "certified-2")));
            Kept before = store.certificates().find(ACME, first).orElseThrow();
            store.certificates().revoke(ACME, first, Reason.KEY_COMPROMISE, OPERATOR);

            assertThat(store.certificates().find(ACME, first).orElseThrow().revokedAt())
                    .contains(new Certificates.Ended(
                            before.revokedAt().orElseThrow().at(), Reason.KEY_COMPROMISE));
            assertThat(number(scene, "SELECT count(*) FROM muster.revocation WHERE reason = 1"))
                    .isEqualTo(1);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void pages_show_every_certificate_once(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Set<Serial> issued = new HashSet<>();
            for (int i = 0; i < 23; i++) {
                issued.add(serial(enroll(scene, store, Requests.byKey("pump-" + i, "key-" + i, "certified-" + i))));
            }
            Serial second = serial(enroll(scene, store, Requests.byKey("pump-7", "key-7", "certified-of-the-second")));
            issued.add(second);
            Set<Serial> seen = new HashSet<>();
            Optional<String> cursor = Optional.empty();
            do {
                Page page = store.certificates().list(ACME, ALL, cursor, 10);
                page.items().forEach(it -> assertThat(seen.add(it.credential().serial()))
                        .isTrue());
                cursor = page.next();
            } while (cursor.isPresent());

            assertThat(seen).isEqualTo(issued);
            assertThat(list(store, Optional.of("PUMP-7"), Optional.empty())).hasSize(2);
            assertThat(list(store, Optional.of("pump-7"), Optional.of(State.CURRENT)))
                    .containsExactly(second);
            assertThat(list(store, Optional.empty(), Optional.of(State.REPLACED)))
                    .hasSize(1);
            assertThat(list(store, Optional.of("pump-99"), Optional.empty())).isEmpty();
            assertThatThrownBy(() -> store.certificates().list(ACME, ALL, Optional.of("nonsense"), 10))
                    .isInstanceOf(CursorMalformed.class);
        }
    }

    static Outcome enroll(Scene scene, Store store, EnrollmentRequest request) {
        return scene.pipeline(store).enroll(request);
    }

    static Serial serial(Outcome outcome) {
        return device(outcome).currentCredential().orElseThrow().serial();
    }

    static Refusal refusal(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.refusal();
        }
        throw new AssertionError("not refused: " + outcome);
    }

    private static State state(Store store, Serial serial) {
        return store.certificates()
                .find(ACME, serial)
                .orElseThrow()
                .credential()
                .state();
    }

    private static List<Serial> list(Store store, Optional<String> name, Optional<State> state) {
        Filter filter = new Filter(name.map(Scene::id), state);
        return store.certificates().list(ACME, filter, Optional.empty(), 100).items().stream()
                .map(it -> it.credential().serial())
                .toList();
    }

    private static long bindings(Scene scene, int state) throws Exception {
        return number(scene, "SELECT count(*) FROM muster.binding WHERE kind = 2 AND state = " + state);
    }

    static long number(Scene scene, String sql) throws Exception {
        return FaultTest.number(scene, sql);
    }
}
