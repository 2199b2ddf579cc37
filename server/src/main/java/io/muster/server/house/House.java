package io.muster.server.house;

import io.muster.attestors.claim.ClaimAttestor;
import io.muster.attestors.issued.IssuedCertificateAttestor;
import io.muster.attestors.symmetric.SymmetricAttestor;
import io.muster.attestors.token.TokenAttestor;
import io.muster.attestors.tpm.TpmAttestor;
import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.x509.X509Attestor;
import io.muster.core.attestation.Attestation;
import io.muster.core.door.Reception;
import io.muster.core.flow.Archive;
import io.muster.core.flow.Attendance;
import io.muster.core.flow.Certify;
import io.muster.core.flow.Connections;
import io.muster.core.flow.Drain;
import io.muster.core.flow.Enroll;
import io.muster.core.flow.History;
import io.muster.core.flow.Oversight;
import io.muster.core.flow.Reconciliation;
import io.muster.core.flow.Rehearsal;
import io.muster.core.flow.Renaming;
import io.muster.core.flow.Steps;
import io.muster.core.flow.Strangers;
import io.muster.core.flow.TwoPlaces;
import io.muster.core.policy.FactsReader;
import io.muster.core.policy.Hooks;
import io.muster.desk.AnchorPorts;
import io.muster.desk.Desk;
import io.muster.desk.DeskPorts;
import io.muster.desk.DeskSettings;
import io.muster.desk.Operations;
import io.muster.desk.RecordPorts;
import io.muster.desk.SinkPorts;
import io.muster.desk.gate.BearerToken;
import io.muster.desk.health.Health;
import io.muster.desk.imports.ImportWork;
import io.muster.desk.ledger.InstallationOperations;
import io.muster.desk.roster.EnrollmentForm;
import io.muster.desk.roster.ProofForm;
import io.muster.doors.aws.AwsDoor;
import io.muster.doors.dps.DpsDoor;
import io.muster.doors.dps.DpsMqttDoor;
import io.muster.doors.est.EstDoor;
import io.muster.doors.hub.HubDoor;
import io.muster.doors.listener.TenantDomain;
import io.muster.doors.listener.Transport;
import io.muster.doors.mqtt.MqttLimits;
import io.muster.doors.mqtt.MqttWall;
import io.muster.doors.muster.NativeDoor;
import io.muster.outlets.schema.JsonFacts;
import io.muster.server.settings.Settings;
import io.muster.server.telemetry.Readings;
import io.muster.server.telemetry.Telemetry;
import io.muster.server.telemetry.TraceSettings;
import io.muster.store.Store;
import io.muster.store.embedded.EmbeddedPostgres;
import io.muster.x509.codec.ShownRequests;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.path.PemAnchors;
import io.muster.x509.path.PresentedCertificates;
import io.muster.x509.path.VerificationCertificates;
import io.muster.x509.tls.TlsAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open installation: this is the list of what it is made of, in the order in which it opens.
public final class House implements AutoCloseable {

    /// The version of this build.
    public static final String VERSION = "0.1.0";

    private static final Logger LOG = LoggerFactory.getLogger(House.class);

    private final Closing closing;
    private final DataDirectory data;
    private final Settings settings;
    private final Front front;
    private final Desk desk;
    private final LedgerRoom ledger;
    private final AuthorityRoom authorities;

    private House(
            Closing closing,
            DataDirectory data,
            Settings settings,
            Front front,
            Desk desk,
            LedgerRoom ledger,
            AuthorityRoom authorities) {
        this.closing = closing;
        this.data = data;
        this.settings = settings;
        this.front = front;
        this.desk = desk;
        this.ledger = ledger;
        this.authorities = authorities;
    }

    /// Opens everything; when this returns, every listener serves. What is half open when one part fails is closed
    /// again.
    public static House open(Settings settings, InstantSource clock) {
        return open(settings, clock, EmbeddedPostgres.Settings::in);
    }

    /// The same with a word on where the bundled PostgreSQL keeps what, for many houses on one machine.
    ///
    /// @param bundled how it starts, by the folder that the data directory has for it
    public static House open(
            Settings settings, InstantSource clock, Function<Path, EmbeddedPostgres.Settings> bundled) {
        Closing closing = new Closing();
        try {
            DataDirectory data = DataDirectory.open(settings.data());
            Telemetry telemetry = closing.add(Telemetry.open(traces(settings.telling()), VERSION));
            LedgerRoom ledger = closing.add(
                    LedgerRoom.open(settings, () -> bundled.apply(data.database()), clock, telemetry.lane()));
            MessageRoom messages = closing.add(MessageRoom.open(settings, telemetry.messages(), clock));
            return open(settings, data, ledger, messages, clock, telemetry, closing);
        } catch (RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static House open(
            Settings settings,
            DataDirectory data,
            LedgerRoom ledger,
            MessageRoom messages,
            InstantSource clock,
            Telemetry telemetry,
            Closing closing) {
        SignatureEngine engine = SignatureEngine.choose();
        LOG.info("{}", engine.statement());

        TlsAuthority authority = TlsAuthority.open(settings.keyring(), clock);
        ledger.agreeOn(authority);
        authority.publish(data.serverAnchor());
        Store store = ledger.store();

        Transport transport = closing.add(Transport.open());
        AuthorityRoom authorities = closing.add(AuthorityRoom.open(settings, transport, store, engine, clock));

        ChainValidator chains = new ChainValidator(engine);
        Primitives primitives = engine.provider().map(Primitives::of).orElseGet(Primitives::ofPlatform);
        Attestation attestation = new Attestation(List.of(
                new IssuedCertificateAttestor(store.certificates()),
                new TokenAttestor(store.tokens()),
                new ClaimAttestor(store.continuations(), store.claims(), store.creations()),
                new X509Attestor(chains),
                new TpmAttestor(store.continuations(), chains, primitives),
                new SymmetricAttestor()));
        Certify certify = new Certify(authorities.issuer(), store.certificates(), store.creations());
        FactsReader facts = new JsonFacts();
        Hooks hooks = HookRoom.of(settings.hooks(), clock);
        TwoPlaces places = new TwoPlaces(store.ledger(), store.contests(), settings.contestWindow());
        Steps steps = new Steps(store.ledger(), certify, places, facts, hooks);
        Strangers strangers = new Strangers();
        History history = new History(store.attempts(), strangers, telemetry.observer());
        Reception reception = new Renaming(
                new Enroll(store.roster(), attestation, store.ledger(), store.operations(), steps, history, clock),
                authorities.issuer(),
                store.certificates(),
                new PresentedCertificates());
        Drain drain = new Drain(store.roster(), store.ledger(), store.operations(), steps, clock, telemetry.observer());
        closing.add(Worker.start("drain", () -> drain.once() > 0));
        Oversight oversight = new Oversight(reception, store.movements(), clock);
        closing.add(Worker.start("oversight", oversight::look));
        Attendance attendance = new Attendance(store.presences(), clock);
        closing.add(AttendanceRoom.open(attendance));

        SinkRoom sinks = closing.add(SinkRoom.open(settings.sinks(), store.outbox(), telemetry.sinks(), clock));

        ProvisioningRoom provisioning = ProvisioningRoom.of(
                store,
                reception,
                new Connections(oversight, attendance),
                authorities.issuer(),
                engine,
                facts,
                hooks,
                settings,
                clock);
        TenantDomain names = new TenantDomain(settings.listeners().tenantDomain());
        Doors doors = new Doors(
                List.of(new DpsDoor(reception, clock), new EstDoor(reception), new NativeDoor(reception)),
                new MqttWall(
                        List.of(
                                new DpsMqttDoor(reception, clock),
                                new HubDoor(provisioning.hub(), reception, messages.telemetry(), names, clock),
                                new AwsDoor(
                                        provisioning.admission(),
                                        provisioning.claims(),
                                        reception,
                                        messages.telemetry(),
                                        names,
                                        clock)),
                        MqttLimits.usual()));
        Front front =
                closing.add(Front.open(transport, settings.listeners(), authority, doors, clock, telemetry.tls()));

        Rehearsal rehearsal = new Rehearsal(
                store.roster(),
                attestation,
                store.ledger(),
                new Archive(history, store.precedents(), store.versions()),
                facts,
                clock);
        PemAnchors anchors = new PemAnchors(clock);
        ImportWork imports = new ImportWork(
                store.imports(),
                store.registrar(),
                new EnrollmentForm(
                        new ProofForm(anchors, store.anchors(), new SecureRandom()),
                        provisioning.ports().templates(),
                        store.policies(),
                        facts));
        closing.add(ImportWorkers.start(imports));
        DeskPorts ports = new DeskPorts(
                store.registrar(),
                new AnchorPorts(anchors, store.anchors(), new VerificationCertificates(engine, clock)),
                store.imports(),
                store.tokens(),
                store.devices(),
                history,
                rehearsal,
                new ShownRequests(),
                store.certificates(),
                new RecordPorts(
                        store.custody(),
                        store.audit(),
                        store.logbook(),
                        new SinkPorts(
                                store.sinks(),
                                new Reconciliation(store.devices(), store.certificates()),
                                sinks::holder),
                        store.presences(),
                        messages.tails()),
                provisioning.ports(),
                authorities.issuer(),
                store.principals(),
                store.repeats(),
                clock);
        var installation = new InstallationOperations(VERSION, ledger.kind(), store.devices());
        var health = new Health(
                Stream.concat(Stream.of(ledger.readiness()), front.readiness().stream())
                        .toList(),
                Checkup.of(settings, store, authority, front),
                clock);
        DeskIdentity identity = closing.add(DeskIdentity.issue(settings.listeners(), authority, clock));
        Desk desk = closing.add(Desk.open(
                new DeskSettings(settings.desk().host(), settings.desk().port()),
                identity.current(),
                BearerToken.of(data.adminToken()),
                Operations.of(ports, installation, health, telemetry::text)));
        identity.feed(desk);
        telemetry.read(new Readings(
                VERSION,
                store.vitals(),
                Map.of(
                        "https", front::httpsConnections,
                        "mqtt", front::mqttConnections,
                        "objects", authorities::connections),
                attendance::byDoor,
                desk::failedLogins,
                store.sinks(),
                clock));
        House house = new House(closing, data, settings, front, desk, ledger, authorities);
        data.publishDesk(house.deskUrl());
        return house;
    }

    private static Optional<TraceSettings> traces(Settings.Telling telling) {
        return telling.traces().map(endpoint -> new TraceSettings(endpoint, telling.tracePercent() / 100.0));
    }

    /// Where devices knock, by the first name of the listener.
    public URI devicesUrl() {
        return url(settings.listeners().names().getFirst(), front.httpsPort());
    }

    /// The port for MQTT alone; empty where there is none.
    public OptionalInt mqttPort() {
        return front.mqttPort();
    }

    /// Where operators knock, on this machine.
    public URI deskUrl() {
        return url("127.0.0.1", desk.port());
    }

    /// Where CRLs and authorities' certificates are served in the clear; empty where they are not.
    public Optional<URI> objectsUrl() {
        return authorities.url();
    }

    public DataDirectory data() {
        return data;
    }

    public Settings settings() {
        return settings;
    }

    /// Where the bundled database lies; empty for an external one.
    public Optional<String> databasePlace() {
        return ledger.place();
    }

    private static URI url(String host, int port) {
        return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /// Takes no new request, lets those under way end, and stops everything, the database last.
    @Override
    public void close() {
        closing.close();
    }
}
