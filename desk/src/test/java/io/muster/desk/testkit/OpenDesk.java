package io.muster.desk.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Secret;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Refusal;
import io.muster.core.door.RequestReader;
import io.muster.core.flow.PoliciesInUse;
import io.muster.core.flow.Reconciliation;
import io.muster.core.issuance.KeyMaker;
import io.muster.core.telemetry.Tails;
import io.muster.desk.AnchorPorts;
import io.muster.desk.Desk;
import io.muster.desk.DeskPorts;
import io.muster.desk.DeskSettings;
import io.muster.desk.Operations;
import io.muster.desk.ProvisioningPorts;
import io.muster.desk.RecordPorts;
import io.muster.desk.SinkPorts;
import io.muster.desk.gate.BearerToken;
import io.muster.desk.health.Examination;
import io.muster.desk.health.Finding;
import io.muster.desk.health.Health;
import io.muster.desk.health.Readiness;
import io.muster.desk.imports.ImportWork;
import io.muster.desk.ledger.InstallationOperations;
import io.muster.desk.roster.EnrollmentForm;
import io.muster.desk.roster.ProofForm;
import io.muster.desk.wire.ServerIdentity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// A desk over fakes, on a free loopback port.
public final class OpenDesk implements AutoCloseable {

    public static final String TOKEN = "a-token-that-only-this-test-knows-0123456789";

    private final MemoryRoster roster = new MemoryRoster();
    private final MemoryAnchors anchors = new MemoryAnchors(roster);
    private final MemoryImports imports = new MemoryImports(roster);
    private final MemoryLedger ledger = new MemoryLedger();
    private final MemoryPolicies policies = new MemoryPolicies(roster);
    private final MemoryPast past = new MemoryPast(roster, policies);
    private final AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
    private final MemoryTokens tokens = new MemoryTokens(roster, now::get);
    private final MemoryClaims claims = new MemoryClaims(roster, now::get);
    private final MemoryCertificates certificates = new MemoryCertificates(now::get);
    private final MemoryPrincipals principals = new MemoryPrincipals(now::get);
    private final MemorySinks sinks = new MemorySinks();
    private final Tails tails = new Tails();
    private final MemoryHolder holder = new MemoryHolder();
    private final MemoryRepeats repeats = new MemoryRepeats();
    private final AtomicReference<Optional<String>> missing = new AtomicReference<>(Optional.empty());
    /// Made once for all tests: every one of them takes a process.
    private static final ServerIdentity IDENTITY = TestIdentity.make("first");

    private final Desk desk;

    public OpenDesk() {
        this.desk = Desk.open(new DeskSettings("127.0.0.1", 0), IDENTITY, BearerToken.of(TOKEN), operations());
    }

    /// All that the desk can do, over the fakes.
    public Operations operations() {
        return Operations.of(
                new DeskPorts(
                        roster,
                        new AnchorPorts(new FakeCertificates(), anchors, anchors),
                        imports,
                        tokens,
                        ledger,
                        ledger,
                        past.rehearsal(now::get),
                        OpenDesk::request,
                        certificates,
                        new RecordPorts(
                                new MemoryCustody(ledger),
                                new MemoryAudit(),
                                new MemoryLogbook(ledger),
                                new SinkPorts(
                                        sinks, new Reconciliation(ledger, certificates), _ -> Optional.of(holder)),
                                new MemoryPresences(),
                                tails),
                        new ProvisioningPorts(
                                claims,
                                new WordTemplates(),
                                OpenDesk::key,
                                new WordPolicies(),
                                policies,
                                new PoliciesInUse(new WordPolicies(), past),
                                new WordFacts()),
                        new FakeIssuer(List.of(Samples.CERTIFICATE, Samples.der(IDENTITY))),
                        principals,
                        repeats,
                        now::get),
                new InstallationOperations("0.1.0-test", InstallationOperations.Database.EMBEDDED, ledger),
                new Health(List.of(listener()), List.of(disk(), broken()), now::get),
                () -> "# HELP muster_test_total Nothing.\n# TYPE muster_test_total counter\nmuster_test_total 1.0\n");
    }

    private static KeyMaker.Made key(KeyAlgorithm algorithm) {
        Bytes words = Bytes.of(("a key of kind " + algorithm).getBytes(StandardCharsets.UTF_8));
        Asked nothing = new Asked("", words, Optional.empty(), List.of(), false, Set.of(), Optional.empty(), false);
        return new KeyMaker.Made(
                new CertificateRequest(Purpose.ENROLL, words, words, algorithm, nothing), Secret.of(words.toArray()));
    }

    private static Examination disk() {
        return examination(
                "disk",
                _ -> List.of(Finding.ok("disk", "There is room."), Finding.fail("disk", "It is full.", "Make room.")));
    }

    private static Examination broken() {
        return examination("keyring", _ -> {
            throw new IllegalStateException("an examination that fails itself");
        });
    }

    private static Examination examination(String name, Function<Instant, List<Finding>> findings) {
        return new Examination() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Finding> findings(Instant now) {
                return findings.apply(now);
            }
        };
    }

    /// Bytes that say `REQUEST` are one.
    private static RequestReader.Reading request(Bytes der) {
        Bytes key = Bytes.of("REQUEST".getBytes(StandardCharsets.UTF_8));
        Asked asked = new Asked("", der, Optional.empty(), List.of(), false, Set.of(), Optional.empty(), false);
        return der.equals(key)
                ? new RequestReader.Reading.Read(
                        new CertificateRequest(Purpose.ENROLL, der, key, KeyAlgorithm.P256, asked))
                : new RequestReader.Reading.Unreadable(new Refusal.CertificateRequestMalformed("it is none"));
    }

    private Readiness listener() {
        return new Readiness() {
            @Override
            public String name() {
                return "https listener";
            }

            @Override
            public Optional<String> missing() {
                return missing.get();
            }
        };
    }

    public Operator operator() {
        return new Operator(desk.port(), IDENTITY, Optional.of(TOKEN));
    }

    public Operator stranger(Optional<String> token) {
        return new Operator(desk.port(), IDENTITY, token);
    }

    /// Somebody who comes with a client certificate and no key.
    public Operator service(ServerIdentity identity) {
        return new Operator(desk.port(), IDENTITY, Optional.empty(), Optional.of(identity));
    }

    public MemoryPrincipals principals() {
        return principals;
    }

    public MemoryRepeats repeats() {
        return repeats;
    }

    public void nowMisses(String why) {
        missing.set(Optional.of(why));
    }

    public MemoryRoster roster() {
        return roster;
    }

    public MemoryHolder holder() {
        return holder;
    }

    public MemorySinks sinks() {
        return sinks;
    }

    public Tails tails() {
        return tails;
    }

    public MemoryImports imports() {
        return imports;
    }

    /// Works on the oldest import for as long as it lasts; whether there was one.
    public boolean works() {
        EnrollmentForm form = new EnrollmentForm(
                new ProofForm(new FakeCertificates(), anchors, new SecureRandom()),
                new WordTemplates(),
                policies,
                new WordFacts());
        return new ImportWork(imports, roster, form).once(() -> true);
    }

    public MemoryPolicies policies() {
        return policies;
    }

    public MemoryTokens tokens() {
        return tokens;
    }

    public MemoryClaims claims() {
        return claims;
    }

    public MemoryCertificates certificates() {
        return certificates;
    }

    public void itIs(Instant moment) {
        now.set(moment);
    }

    public MemoryPast past() {
        return past;
    }

    public MemoryLedger ledger() {
        return ledger;
    }

    public Desk desk() {
        return desk;
    }

    @Override
    public void close() {
        desk.close();
    }
}
