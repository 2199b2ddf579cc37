package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Warrant;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.ledger.Audit;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicies;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import io.muster.core.roster.Treatment;
import io.muster.store.testkit.Contents;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NamedPoliciesTest {

    private static final Warrant DRY = new Warrant("test", "", "", true);
    private static final PolicyName PUMPS = new PolicyName("Pumps_v1");
    private static final NamedPolicy FIRST = policy(ACME, "Pumps_v1");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_policy_is_created_changed_and_deleted_and_every_node_sees_it(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            assertThat(one.policies().create(FIRST, OPERATOR)).isEqualTo(new Registered.Done<>(FIRST));
            assertThat(one.policies().create(FIRST, OPERATOR)).isInstanceOf(Registered.Exists.class);
            assertThat(other.policies().list(ACME)).containsExactly(FIRST);
            assertThat(other.roster().policies(ACME, Set.of(PUMPS)))
                    .as("what was made a moment ago elsewhere is missed by nobody")
                    .isEqualTo(Map.of(PUMPS, FIRST));

            NamedPolicy second = FIRST.next(new Json("{\"second\":1}"));
            assertThat(other.policies().change(second, OPERATOR)).isEqualTo(new Registered.Done<>(second));
            assertThat(one.policies().change(second, OPERATOR)).isInstanceOf(Registered.Stale.class);
            assertThat(other.roster().policies(ACME, Set.of(PUMPS)))
                    .as("whoever changed it goes by the change at once")
                    .isEqualTo(Map.of(PUMPS, second));
            one.roster().refresh();
            assertThat(one.roster().policies(ACME, Set.of(PUMPS, new PolicyName("none"))))
                    .isEqualTo(Map.of(PUMPS, second));

            assertThat(one.policies().delete(FIRST, OPERATOR)).isInstanceOf(Registered.Stale.class);
            assertThat(one.policies().delete(second, OPERATOR)).isEqualTo(new Registered.Done<>(second));
            assertThat(one.policies().delete(second, OPERATOR)).isInstanceOf(Registered.Missing.class);
            assertThat(one.roster().policies(ACME, Set.of(PUMPS))).isEmpty();
            assertThat(other.policies().list(ACME)).isEmpty();
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void names_are_each_tenants_own_and_case_counts() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Name other = new Name("other");
            store.registrar().create(new Tenant(other, true), OPERATOR);
            for (String name : new String[] {"pumps", "Pumps", "PUMPS", "a+b=c,d.e@f-g"}) {
                assertThat(store.policies().create(policy(ACME, name), OPERATOR))
                        .as(name)
                        .isInstanceOf(Registered.Done.class);
            }
            assertThat(store.policies().list(ACME))
                    .extracting(it -> it.name().value())
                    .containsExactly("PUMPS", "Pumps", "a+b=c,d.e@f-g", "pumps");
            assertThat(store.policies().list(other)).isEmpty();
            assertThat(store.roster().policies(other, Set.of(new PolicyName("pumps"))))
                    .isEmpty();
            assertThat(store.policies().create(policy(new Name("nobody"), "pumps"), OPERATOR))
                    .isInstanceOf(Registered.Missing.class);
        }
    }

    @Test
    void a_tenant_has_so_many_and_no_more() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            NamedPolicies policies = scene.furnished().policies();
            for (int i = 0; i < NamedPolicy.MAX; i++) {
                assertThat(policies.create(policy(ACME, "p" + i), OPERATOR)).isInstanceOf(Registered.Done.class);
            }
            assertThat(policies.create(policy(ACME, "one-more"), OPERATOR))
                    .isEqualTo(new Registered.Full<>("policies of tenant acme", NamedPolicy.MAX));
        }
    }

    @Test
    void a_template_names_policies_that_there_are_and_keeps_them_there() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Registrar registrar = store.registrar();
            assertThat(registrar.create(naming("things", 1, "Pumps_v1"), OPERATOR))
                    .isEqualTo(new Registered.Missing<>("policy Pumps_v1"));
            store.policies().create(FIRST, OPERATOR);
            assertThat(registrar.create(naming("things", 1, "Pumps_v1"), OPERATOR))
                    .isInstanceOf(Registered.Done.class);
            assertThat(registrar.create(naming("others", 1, "Pumps_v1"), OPERATOR))
                    .isInstanceOf(Registered.Done.class);
            assertThat(registrar.change(naming("things", 2, "Pumps_v1", "none"), OPERATOR))
                    .isEqualTo(new Registered.Missing<>("policy none"));

            assertThat(store.policies().delete(FIRST, OPERATOR))
                    .isEqualTo(new Registered.Needed<>("policy Pumps_v1", "enrollments others, things"));
            registrar.change(naming("things", 2), OPERATOR);
            assertThat(store.policies().delete(FIRST, OPERATOR))
                    .isEqualTo(new Registered.Needed<>("policy Pumps_v1", "enrollment others"));
            registrar.change(naming("others", 2), OPERATOR);
            assertThat(store.policies().delete(FIRST, OPERATOR)).isInstanceOf(Registered.Done.class);
        }
    }

    @Test
    void what_is_done_to_a_policy_is_audited_and_a_dry_run_writes_nothing() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            NamedPolicy second = FIRST.next(new Json("{\"second\":1}"));
            store.policies().create(FIRST, OPERATOR);
            var before = Contents.of(scene.database(), "lane.seen_at");
            assertThat(store.policies().create(policy(ACME, "dry"), DRY)).isInstanceOf(Registered.Done.class);
            assertThat(store.policies().change(second, DRY)).isInstanceOf(Registered.Done.class);
            assertThat(store.policies().delete(FIRST, DRY)).isInstanceOf(Registered.Done.class);
            assertThat(Contents.of(scene.database(), "lane.seen_at")).isEqualTo(before);

            store.policies().change(second, OPERATOR);
            store.policies().delete(second, OPERATOR);
            var entries = store.audit()
                    .list(Optional.of(ACME), subject(), Optional.empty(), 10, OPERATOR)
                    .items();
            assertThat(entries)
                    .extracting(Audit.Entry::kind)
                    .containsExactly(Audit.Kind.POLICY_CREATED, Audit.Kind.POLICY_CHANGED, Audit.Kind.POLICY_DELETED);
            assertThat(entries.get(1).before()).isEqualTo(entries.get(0).after());
            assertThat(entries.get(2).before()).isEqualTo(entries.get(1).after());
            assertThat(entries.get(2).after()).isEmpty();
        }
    }

    private static Audit.Filter subject() {
        return new Audit.Filter(
                Optional.empty(), Optional.empty(), Optional.of("policy:Pumps_v1"), Optional.empty(), Optional.empty());
    }

    private static NamedPolicy policy(Name tenant, String name) {
        return new NamedPolicy(tenant, new PolicyName(name), 1, new Json("{\"first\":1}"));
    }

    private static Enrollment naming(String name, int version, String... policies) {
        Enrollment usual = Scene.things(version, true);
        Treatment treatment = usual.treatment();
        ProvisioningTemplate template = treatment.template().orElseThrow();
        return new Enrollment(
                usual.tenant(),
                new Name(name),
                version,
                usual.individual(),
                usual.proof(),
                new Treatment(
                        treatment.allocation(),
                        treatment.reprovision(),
                        treatment.keyChange(),
                        treatment.deviceId(),
                        treatment.type(),
                        treatment.payload(),
                        treatment.certificates(),
                        treatment.searchable(),
                        treatment.admission(),
                        Optional.of(new ProvisioningTemplate(
                                template.kind(),
                                template.source(),
                                Stream.of(policies).map(PolicyName::new).collect(Collectors.toSet())))),
                usual.enabled());
    }
}
