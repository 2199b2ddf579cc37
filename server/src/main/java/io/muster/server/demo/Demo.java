package io.muster.server.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.dps.DpsJudge;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Registration;
import io.muster.fleet.dps.Target;
import io.muster.fleet.hub.Assigned;
import io.muster.fleet.hub.Assigned.Dialect;
import io.muster.fleet.run.FleetRun;
import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import io.muster.server.house.House;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// The story of the demo, in the order in which it is told.
final class Demo {

    private static final int AT_ONCE = 32;

    /// Of ten devices, this many have a maker's certificate, and GATES_OF_TEN a token; the others have a key.
    private static final int PUMPS_OF_TEN = 6;

    private static final int GATES_OF_TEN = 2;

    /// Of so many devices, one has nothing but a claim.
    private static final int THINGS_ARE_EVERY = 10;

    /// Every tenth device comes a second time.
    private static final int COMES_AGAIN = 10;

    private static final Map<String, String> HUBS =
            new TreeMap<>(Map.of("eu-1", "eu", "eu-2", "eu", "us-1", "us", "ap-1", "ap"));

    private final House house;
    private final PrintStream err;
    private final boolean terminal;
    private final Operator operator;
    private final Optional<Path> home;
    private final Optional<DemoKafka> kafka;

    /// @param home  the folder of the distribution where boards with a TPM shall come, too; empty for none
    /// @param kafka to which everything is told; empty: messages go into files
    Demo(House house, PrintStream err, boolean terminal, Optional<Path> home, Optional<DemoKafka> kafka) {
        this.house = house;
        this.home = home;
        this.kafka = kafka;
        this.err = err;
        this.terminal = terminal;
        this.operator = new Operator(house.data().root());
    }

    DemoResult run(int devices) throws IOException, InterruptedException {
        String tenant = freeTenant();
        Path folder = Files.createDirectories(house.data().root().resolve(tenant));
        Maker maker = Maker.found("Demo Pump Works");
        GroupKey key = prepare(tenant, folder, maker);
        Gates gates = new Gates(house, operator, tenant);
        gates.open(List.copyOf(HUBS.keySet()));
        keep(folder.resolve("my-gate-1.token"), gates.token("my-gate-1"));

        Things things = new Things(operator, tenant);
        things.open(folder, List.copyOf(HUBS.keySet()));

        int certified = Math.min(Gates.MOST, devices * GATES_OF_TEN / 10);
        int claiming = house.mqttPort().isPresent() ? Math.min(Things.MOST, devices / THINGS_ARE_EVERY) : 0;
        int registering = devices - certified - claiming;
        err.printf("Making %,d devices, each with a key of its own ...%n", registering);
        List<Device> fleet = makeFleet(registering, maker, key);
        Target target = target(tenant);
        err.println("They power up and register, each on a new TLS connection ...");
        Progress progress = new Progress(err, terminal, devices);
        List<Assigned> assigned = Collections.synchronizedList(new ArrayList<>());
        FleetSummary first = register(target, fleet, end -> {
            assigned(end).ifPresent(assigned::add);
            progress.step();
        });
        Gates.Seen seen = gates.arrive(certified, ignored -> progress.step());
        FleetSummary provisioned = things.arrive(mqttTarget(tenant), claiming, ignored -> progress.step());
        List<String> boards = boards(tenant, folder);
        err.println(
                "Every tenth comes again, as after a factory reset and over MQTT, and an impostor tries its luck ...");
        List<Device> again = IntStream.range(0, fleet.size())
                .filter(i -> i % COMES_AGAIN == 0)
                .mapToObj(fleet::get)
                .toList();
        FleetSummary second = register(mqttTarget(tenant), again, ignored -> {});
        register(target, List.of(Maker.found("Rogue Works").make("impostor-1")), ignored -> {});
        assigned.addAll(seen.holders());
        Optional<Saying.Said> said = say(tenant, assigned);

        return new DemoResult(
                tenant,
                first,
                second,
                seen,
                provisioned,
                boards,
                duplicates(tenant, devices + boards.size()),
                byRegionAndHub(tenant),
                operator.types("why", fleet.getFirst().registrationId(), "--tenant", tenant),
                operator.types("why", "impostor-1", "--tenant", tenant),
                places(folder),
                said,
                told());
    }

    private Optional<String> told() throws InterruptedException {
        return kafka.isEmpty()
                ? Optional.empty()
                : Optional.of("%s, which holds %,d events, too"
                        .formatted(kafka.get().servers(), kafka.get().events(operator)));
    }

    /// Messages are for MQTT alone.
    private Optional<Saying.Said> say(String tenant, List<Assigned> devices) throws IOException, InterruptedException {
        if (house.mqttPort().isEmpty()) {
            return Optional.empty();
        }
        err.printf("They connect to their hubs and send %,d messages ...%n", devices.size() * Saying.MESSAGES);
        Heard heard = kafka.map(DemoKafka::heard)
                .orElseGet(() -> new Heard.InFiles(house.settings().messages().folder()));
        Target mqtt = mqttTarget(tenant);
        Map<String, JsonNode> known = new HashMap<>();
        operator.asks("device", "list", "--tenant", tenant, "--all")
                .path("items")
                .forEach(device -> known.put(device.path("registrationId").asText(), device));
        return Optional.of(new Saying(new Address(mqtt.base(), mqtt.trustAnchorPem()), heard)
                .run(tenant, List.copyOf(devices), known));
    }

    private static Optional<Assigned> assigned(Registration end) {
        return switch (end.ending()) {
            case Ending.Enrolled it -> Optional.of(assigned(end.device(), it.deviceId(), it.assignedHub()));
            case Ending.Reenrolled it -> Optional.of(assigned(end.device(), it.deviceId(), it.assignedHub()));
            case Ending.Refused ignored -> Optional.empty();
            case Ending.Lost ignored -> Optional.empty();
        };
    }

    private static Assigned assigned(Device device, String deviceId, String hub) {
        return new Assigned(device, deviceId, new Dialect.Azure(hub));
    }

    private List<String> boards(String tenant, Path folder) throws IOException, InterruptedException {
        if (home.isEmpty()) {
            return List.of();
        }
        err.println("Boards come whose TPMs are played by swtpm ...");
        return Boards.of(house, operator, tenant, home.get()).arrive(folder, List.copyOf(HUBS.keySet()));
    }

    /// A data directory that has seen a demo gets a further tenant: its devices keep to themselves.
    private String freeTenant() {
        List<String> taken = StreamSupport.stream(
                        operator.asks("tenant", "list").path("items").spliterator(), false)
                .map(item -> item.path("name").asText())
                .toList();
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> i == 1 ? "demo" : "demo-" + i)
                .filter(name -> !taken.contains(name))
                .findFirst()
                .orElseThrow();
    }

    private GroupKey prepare(String tenant, Path folder, Maker maker) throws IOException {
        operator.types("tenant", "create", tenant);
        HUBS.forEach((hub, region) -> operator.types(
                "hub", "create", hub, "--tenant", tenant, "--region", region, "--endpoint", endpoint(hub)));
        Path authority = folder.resolve("maker-ca.pem");
        Files.writeString(authority, maker.rootPem());
        List<String> pumps = new ArrayList<>(List.of("enrollment", "create", "pumps", "--tenant", tenant));
        pumps.addAll(List.of("--x509-ca", authority.toString(), "--type", "pump"));
        List<String> meters = new ArrayList<>(List.of("enrollment", "create", "meters", "--tenant", tenant));
        meters.addAll(List.of("--symmetric-key", "--type", "meter"));
        HUBS.keySet().forEach(hub -> {
            pumps.addAll(List.of("--hub", hub));
            meters.addAll(List.of("--hub", hub));
        });
        operator.types(pumps.toArray(String[]::new));
        JsonNode created = operator.asks(meters.toArray(String[]::new));
        String key = created.at("/proof/symmetricKey/primaryKey").asText();
        keep(folder.resolve("meters.key"), key);
        return GroupKey.fromBase64(key);
    }

    /// All of the demo's hubs are the one that is built in, where there is one.
    private String endpoint(String hub) {
        OptionalInt port = house.mqttPort();
        return port.isPresent()
                ? "mqtts://" + house.devicesUrl().getHost() + ":" + port.getAsInt()
                : "mqtts://" + hub + ".example.com:8883";
    }

    private static void keep(Path file, String secret) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret + "\n");
    }

    private static List<Device> makeFleet(int devices, Maker maker, GroupKey key) {
        List<String> pumps = IntStream.rangeClosed(1, devices)
                .filter(i -> i % 10 < PUMPS_OF_TEN)
                .mapToObj(i -> "pump-%05d".formatted(i))
                .toList();
        List<Device> fleet = new ArrayList<>(maker.makeAll(pumps));
        IntStream.rangeClosed(1, devices)
                .filter(i -> i % 10 >= PUMPS_OF_TEN)
                .mapToObj(i -> key.make("meter-%05d".formatted(i)))
                .forEach(fleet::add);
        return fleet;
    }

    private Target target(String tenant) throws IOException {
        return new Target(house.devicesUrl(), Files.readString(house.data().serverAnchor()), tenant);
    }

    /// Where MQTT is spoken; where there is no port for it, over HTTPS once more.
    private Target mqttTarget(String tenant) throws IOException {
        Target target = target(tenant);
        OptionalInt port = house.mqttPort();
        if (port.isEmpty()) {
            return target;
        }
        URI base = URI.create("mqtts://" + target.base().getHost() + ":" + port.getAsInt());
        return new Target(base, target.trustAnchorPem(), tenant);
    }

    private static FleetSummary register(Target target, List<Device> devices, Consumer<Registration> witness)
            throws InterruptedException {
        return new FleetRun(target, new Pace.AsFastAsServed(AT_ONCE), Patience.once(), new DpsJudge())
                .run(devices, witness);
    }

    /// Devices that the installation holds beyond those that exist.
    private long duplicates(String tenant, long devices) {
        return Math.max(
                0,
                operator.asks("device", "list", "--tenant", tenant, "--all")
                                .path("items")
                                .size()
                        - devices);
    }

    private Map<String, Long> byRegionAndHub(String tenant) {
        Map<String, Long> counts = new TreeMap<>();
        operator.asks("device", "list", "--tenant", tenant, "--all")
                .path("items")
                .forEach(device -> counts.merge(
                        device.path("region").asText() + "  "
                                + device.path("hub").asText(),
                        1L,
                        Long::sum));
        return counts;
    }

    private DemoPlaces places(Path folder) {
        return new DemoPlaces(
                house.data().root(),
                house.settings().keyring(),
                house.databasePlace().orElse("external"),
                folder.resolve("meters.key"),
                folder.resolve("my-gate-1.token"),
                house.data().serverAnchor(),
                house.devicesUrl());
    }
}
