package io.muster.server.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.est.Certification;
import io.muster.fleet.est.EstClient;
import io.muster.fleet.est.EstTarget;
import io.muster.fleet.est.Issuance;
import io.muster.server.testkit.EstCustomer;
import io.muster.server.testkit.Installation;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Many that want one identity at the same moment.
class TokenRaceTest {

    private static final int AT_ONCE = 100;

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final EstCustomer ACME = EstCustomer.create(HOUSE, "acme");
    private static final Maker MAKER = Maker.found("Gate Works");
    private static final Keysmith KEYS = new Keysmith();

    @BeforeAll
    static void enroll() {
        ACME.handsOutTokens("gates");
        ACME.customer().trusts("born", MAKER.rootPem());
    }

    @Test
    void of_a_hundred_users_of_a_token_exactly_one_wins_and_may_ask_again() throws Exception {
        String token = ACME.token("gates", "gate-1");
        List<Certification> ends = atOnce("gates", applicants("gate-1", token, AT_ONCE));

        List<Certification> winners = issued(ends);
        assertThat(winners).hasSize(1);
        assertThat(refusals(ends)).hasSize(AT_ONCE - 1).allMatch(status -> status == 401);
        assertThat(ACME.certificates("gate-1")).hasSize(1);

        Certification again =
                atOnce("gates", List.of(winners.getFirst().applicant())).getFirst();
        assertThat(operational(again).certificate())
                .isEqualTo(operational(winners.getFirst()).certificate());
        assertThat(ACME.certificates("gate-1")).hasSize(1);
    }

    @Test
    void a_token_for_three_keys_has_three_winners_and_one_device() throws Exception {
        String token = ACME.token("gates", "gate-3", "--uses", "3");
        List<Certification> ends = atOnce("gates", applicants("gate-3", token, 30));

        assertThat(issued(ends)).hasSize(3);
        assertThat(ACME.certificates("gate-3"))
                .filteredOn(it -> it.path("state").asText().equals("current"))
                .hasSize(1);
        assertThat(ACME.customer().devices())
                .filteredOn(it -> it.path("registrationId").asText().equals("gate-3"))
                .hasSize(1);
    }

    @Test
    void a_revoked_token_and_one_of_another_enrollment_win_nothing() throws Exception {
        String token = ACME.token("gates", "gate-4");
        String id = ACME.customer()
                .asks("token", "list")
                .path("items")
                .valueStream()
                .filter(it -> it.path("registrationId").asText().equals("gate-4"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        ACME.handsOutTokens("doors");
        assertThat(refusals(atOnce("doors", applicants("gate-4", token, 1)))).containsExactly(403);
        ACME.customer().types("token", "revoke", id);
        assertThat(refusals(atOnce("gates", applicants("gate-4", token, 1)))).containsExactly(401);
        assertThat(refusals(atOnce("gates", applicants("gate-5", token, 1)))).containsExactly(403);
    }

    @Test
    void a_hundred_enrollments_of_one_identity_with_different_keys_are_one_device_with_one_newest_certificate()
            throws Exception {
        X509Device born = MAKER.make("gate-born");
        List<Applicant> applicants = KEYS.requests(Collections.nCopies(AT_ONCE, "gate-born")).stream()
                .map(request -> new Applicant(born, request))
                .toList();

        List<Certification> ends = atOnce("born", applicants);

        assertThat(issued(ends)).hasSize(AT_ONCE);
        assertThat(ACME.customer().devices())
                .filteredOn(it -> it.path("registrationId").asText().equals("gate-born"))
                .hasSize(1);
        assertThat(ACME.certificates("gate-born"))
                .filteredOn(it -> it.path("state").asText().equals("current"))
                .hasSize(1);
    }

    private static List<Applicant> applicants(String name, String token, int count) {
        Device device = new TokenDevice(name, token);
        List<CertificateRequest> requests = KEYS.requests(Collections.nCopies(count, name));
        return requests.stream().map(request -> new Applicant(device, request)).toList();
    }

    private static List<Certification> atOnce(String enrollment, List<Applicant> applicants) throws Exception {
        var target = HOUSE.target("acme");
        EstTarget est = new EstTarget(target.base(), target.trustAnchorPem(), "acme." + enrollment);
        BlockingQueue<Certification> ends = new LinkedBlockingQueue<>();
        try (EstClient client = new EstClient(est, Patience.tries(60), 2)) {
            applicants.forEach(it -> client.enroll(it, System.nanoTime(), ends::add));
            return Stream.generate(() -> next(ends)).limit(applicants.size()).toList();
        }
    }

    private static Certification next(BlockingQueue<Certification> ends) {
        try {
            Certification end = ends.poll(120, TimeUnit.SECONDS);
            assertThat(end).isNotNull();
            return end;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Certification> issued(List<Certification> ends) {
        return ends.stream()
                .filter(it -> it.issuance() instanceof Issuance.Issued)
                .toList();
    }

    private static X509Device operational(Certification end) {
        return ((Issuance.Issued) end.issuance()).operational();
    }

    private static List<Integer> refusals(List<Certification> ends) {
        return ends.stream()
                .map(Certification::issuance)
                .filter(Issuance.Refused.class::isInstance)
                .map(it -> ((Issuance.Refused) it).status())
                .toList();
    }
}
