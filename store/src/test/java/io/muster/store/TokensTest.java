package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.GATES;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.Change;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Certification;
import io.muster.core.ledger.Ledger.Recorded;
import io.muster.core.roster.OneTimeToken;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Registered;
import io.muster.core.roster.TokenId;
import io.muster.core.roster.Tokens.Found;
import io.muster.core.roster.Tokens.Made;
import io.muster.core.roster.Tokens.Order;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_token_lets_one_key_in_and_the_same_key_again(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = furnished(scene);
            Store other = scene.node();
            Made made = make(one, "gate-1", 1);
            Device first = device(enroll(scene, other, "gate-1", made, "key-1"));
            Outcome again = enroll(scene, one, "gate-1", made, "key-1");
            Outcome thief = enroll(scene, other, "gate-1", made, "key-2");

            assertThat(text(made)).matches("mst-[0-9a-v]{32}");
            assertThat(((Outcome.Enrolled) again).change()).isEqualTo(Change.UNCHANGED);
            assertThat(device(again)).isEqualTo(first);
            assertThat(((Outcome.Refused) thief).refusal()).isEqualTo(new Refusal.TokenSpent());
            assertThat(one.tokens().find(ACME, text(made), Scene.key("key-1")))
                    .contains(new Found(spent(made, 1, false), true));
            assertThat(one.tokens().find(ACME, text(made), Scene.key("key-2")))
                    .contains(new Found(spent(made, 1, false), false));
            assertThat(one.tokens().find(ACME, "mst-0", Scene.key("key-1"))).isEmpty();
            assertThat(one.tokens().find(ACME, "x".repeat(1_000), Scene.key("key-1")))
                    .isEmpty();
            assertThat(one.tokens().find(new Name("other"), text(made), Scene.key("key-1")))
                    .isEmpty();
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void of_100_keys_at_once_as_many_win_as_the_token_has_uses(int uses) throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(furnished(scene), scene.node());
            Made made = make(nodes.getFirst(), "gate-1", uses);
            List<Future<Recorded>> futures = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    Store node = nodes.get(i % 2);
                    String key = "key-" + i;
                    futures.add(threads.submit(() -> burn(node, made, "gate-" + key, key)));
                }
            }

            assertThat(futures).allSatisfy(future -> assertThat(future.state()).isEqualTo(Future.State.SUCCESS));
            assertThat(futures)
                    .filteredOn(future -> future.resultNow() instanceof Recorded.Committed)
                    .hasSize(uses);
            assertThat(futures)
                    .filteredOn(future -> future.resultNow() instanceof Recorded.Spent)
                    .hasSize(100 - uses);
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.device"))
                    .isEqualTo(uses);
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.token_use"))
                    .isEqualTo(uses);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void of_100_devices_that_show_one_token_at_once_exactly_one_is_let_in() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(furnished(scene), scene.node());
            Made made = make(nodes.getFirst(), "gate-1", 1);
            List<Future<Outcome>> futures = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    Store node = nodes.get(i % 2);
                    String key = "key-" + i;
                    futures.add(threads.submit(() -> enroll(scene, node, "gate-1", made, key)));
                }
            }

            List<Outcome> outcomes = futures.stream().map(Future::resultNow).toList();
            assertThat(outcomes).filteredOn(Outcome.Enrolled.class::isInstance).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(Outcome.Refused.class::isInstance)
                    .extracting(it -> ((Outcome.Refused) it).refusal())
                    .allMatch(new Refusal.TokenSpent()::equals);
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.credential"))
                    .isEqualTo(1);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_revoked_token_serves_only_the_keys_that_have_used_it(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = furnished(scene);
            Store other = scene.node();
            Made made = make(one, "gate-1", 2);
            Device device = device(enroll(scene, one, "gate-1", made, "key-1"));
            TokenId token = made.token().id();
            Registered<OneTimeToken> revoked = other.tokens().revoke(ACME, token, OPERATOR);
            Registered<OneTimeToken> again = one.tokens().revoke(ACME, token, OPERATOR);

            assertThat(revoked).isEqualTo(new Registered.Done<>(spent(made, 1, true)));
            assertThat(again).isEqualTo(revoked);
            assertThat(device(enroll(scene, one, "gate-1", made, "key-1"))).isEqualTo(device);
            assertThat(((Outcome.Refused) enroll(scene, one, "gate-1", made, "key-2")).refusal())
                    .isEqualTo(new Refusal.TokenRevoked());
            assertThat(burn(one, made, "gate-2", "key-2")).isEqualTo(new Recorded.Spent());
            assertThat(one.tokens().revoke(ACME, new TokenId(UUID.randomUUID()), OPERATOR))
                    .isInstanceOf(Registered.Missing.class);
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.entry WHERE kind = 27"))
                    .isEqualTo(1);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void tokens_are_made_for_enrollments_that_take_them_and_listed_in_their_order(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            List<OneTimeToken> made = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                made.add(make(store, "gate-" + i, 1).token());
            }
            assertThat(store.tokens().make(order(PUMPS, "gate-1", 1), OPERATOR)).isInstanceOf(Registered.Missing.class);
            assertThat(store.tokens().make(order(new Name("none"), "gate-1", 1), OPERATOR))
                    .isInstanceOf(Registered.Missing.class);
            List<OneTimeToken> first = store.tokens().list(ACME, Optional.empty(), 5);
            List<OneTimeToken> rest =
                    scene.node().tokens().list(ACME, Optional.of(first.getLast().id()), 5);

            List<OneTimeToken> listed = new ArrayList<>(first);
            listed.addAll(rest);
            assertThat(first).hasSize(5);
            assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
            assertThat(listed).isSortedAccordingTo((a, b) -> a.createdAt().compareTo(b.createdAt()));
        }
    }

    private static Store furnished(Scene scene) {
        Store store = scene.furnished();
        store.registrar().create(Scene.gates(1), OPERATOR);
        return store;
    }

    static Made make(Store store, String name, int uses) {
        Registered<Made> made = store.tokens().make(order(GATES, name, uses), OPERATOR);
        return ((Registered.Done<Made>) made).value();
    }

    private static Order order(Name enrollment, String name, int uses) {
        Instant end = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        return new Order(ACME, enrollment, id(name), uses, end);
    }

    static String text(Made made) {
        return new String(made.text().reveal(), StandardCharsets.UTF_8);
    }

    private static OneTimeToken spent(Made made, int spent, boolean revoked) {
        OneTimeToken token = made.token();
        return new OneTimeToken(
                token.id(),
                token.tenant(),
                token.enrollment(),
                token.registrationId(),
                token.uses(),
                spent,
                revoked,
                token.createdAt(),
                token.expiresAt());
    }

    private static Outcome enroll(Scene scene, Store store, String name, Made made, String key) {
        return scene.pipeline(store).enroll(Requests.byToken(name, text(made), key));
    }

    /// A new device by a token, recorded without asking anything before: only the commit can refuse it.
    private static Recorded burn(Store store, Made made, String name, String key) {
        Recognized recognized = (Recognized) store.roster().recognize(Requests.byToken(name, text(made), key));
        Device device = Scene.device(name, key, recognized);
        Instant now = Instant.now();
        Attempt attempt = new Attempt(
                store.ledger().attemptId(ACME, id(name), now),
                ACME,
                id(name),
                now,
                Optional.of(device.origin()),
                Attempt.Result.ACCEPTED,
                "initial",
                List.of(),
                "test",
                "127.0.0.1");
        return store.ledger()
                .record(new Act.Enrolls(
                        UUID.randomUUID(),
                        Change.INITIAL,
                        device,
                        List.of(),
                        Certification.NONE,
                        Optional.of(new Act.Consumed.Token(made.token().id())),
                        Optional.empty(),
                        recognized,
                        attempt));
    }
}
