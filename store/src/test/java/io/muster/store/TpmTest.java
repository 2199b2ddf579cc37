package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Continuations;
import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Registered;
import io.muster.store.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TpmTest {

    private static final Name BOARDS = new Name("boards");
    private static final Name LAB = new Name("lab");
    private static final Bytes ENDORSEMENT_KEY = bytes("the key of a chip");
    private static final Anchor MAKER =
            new Anchor(bytes("maker"), "CN=Maker EK CA", "ab".repeat(32), Instant.ofEpochSecond(2_000_000_000));

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void both_proofs_of_a_tpm_are_read_as_they_were_written(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Enrollment boards = enrollment(
                    BOARDS,
                    Optional.empty(),
                    new Proof.TpmManufacturers(
                            List.of(MAKER, MAKER), List.of(bytes("crl 1"), bytes("crl 2")), fingerprints(2)));
            Enrollment lab = enrollment(LAB, Optional.of("board-1"), new Proof.TpmPinned(bytes("a public key")));
            assertThat(store.registrar().create(boards, OPERATOR)).isEqualTo(new Registered.Done<>(boards));
            assertThat(store.registrar().create(lab, OPERATOR)).isEqualTo(new Registered.Done<>(lab));

            Store other = scene.node();
            assertThat(other.registrar().enrollment(ACME, BOARDS)).contains(boards);
            assertThat(other.registrar().enrollment(ACME, LAB)).contains(lab);
            assertThat(recognized(other, "board-1").candidates()).containsExactly(lab);
            assertThat(recognized(other, "board-2").candidates()).contains(boards);
        }
    }

    @Test
    void a_list_may_be_as_long_as_the_longest_and_empty() {
        try (Scene scene = new Scene(TestServer.EMBEDDED.fresh(), directory)) {
            Store store = scene.furnished();
            Set<String> most = fingerprints(Proof.TpmManufacturers.MAX_ALLOWED);
            Enrollment boards =
                    enrollment(BOARDS, Optional.empty(), new Proof.TpmManufacturers(List.of(MAKER), List.of(), most));
            Enrollment open = enrollment(
                    new Name("open"),
                    Optional.empty(),
                    new Proof.TpmManufacturers(List.of(MAKER), List.of(), Set.of()));
            store.registrar().create(boards, OPERATOR);
            store.registrar().create(open, OPERATOR);
            assertThat(store.registrar().enrollment(ACME, BOARDS).orElseThrow().equals(boards))
                    .isTrue();
            assertThat(store.registrar().enrollment(ACME, new Name("open"))).contains(open);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void an_endorsement_key_belongs_to_one_device(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Proof proof = new Proof.TpmManufacturers(List.of(MAKER), List.of(), Set.of());
            store.registrar().create(enrollment(BOARDS, Optional.empty(), proof), OPERATOR);
            Device board = device(scene.pipeline(store).enroll(request("board-1")));
            assertThat(board.identityKeys()).containsExactly(IdentityKey.ofEndorsementKey(ENDORSEMENT_KEY.toArray()));

            Store other = scene.node();
            assertThat(device(scene.pipeline(other).enroll(request("board-1")))).isEqualTo(board);
            assertThat(other.devices().find(ACME, "board-1")).contains(board);
            assertThat(scene.pipeline(other).enroll(request("board-2")))
                    .isInstanceOfSatisfying(Outcome.Refused.class, it -> assertThat(it.refusal())
                            .isEqualTo(new Refusal.IdentityKeyTaken()));
        }
    }

    @Test
    void a_challenge_of_one_node_is_continued_on_another() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Continuations one = scene.furnished().continuations();
            Continuations other = scene.node().continuations();
            Bytes context = bytes("board-1");
            assertThat(other.open(ACME, context, one.seal(ACME, context, bytes("state"))))
                    .contains(bytes("state"));
            assertThat(other.derive(ACME, context)).isEqualTo(one.derive(ACME, context));
        }
    }

    private static Enrollment enrollment(Name name, Optional<String> individual, Proof proof) {
        Enrollment usual = Scene.group(name, 1, true);
        return new Enrollment(ACME, name, 1, individual.map(Scene::id), proof, usual.treatment(), true);
    }

    private static EnrollmentRequest request(String name) {
        Evidence chip = new Evidence.TpmChip(
                ENDORSEMENT_KEY, Optional.empty(), bytes("the key of the device"), Evidence.TpmChip.Role.ATTESTATION);
        return new EnrollmentRequest(
                "test", Optional.of(ACME.value()), id(name), List.of(chip), Optional.empty(), "127.0.0.1");
    }

    private static Recognized recognized(Store store, String name) {
        return (Recognized) store.roster().recognize(request(name));
    }

    private static Set<String> fingerprints(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "%064x".formatted(number))
                .collect(Collectors.toSet());
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
