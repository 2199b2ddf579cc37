package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Action;
import io.muster.core.access.Role;
import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.desk.exchange.Admitted;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every operation of the contract × every role × every scope, against the real desk. What is expected is not read
/// from the code but from the tables of docs/access.md: an operation without a line there fails here.
final class AccessWalkTest {

    private static final Name ACME = new Name("acme");
    private static final Path DOCUMENT = Path.of("../docs/access.md");
    private static final Pattern OPERATION_LINE =
            Pattern.compile("\\| `([A-Za-z]+)` \\| (?:`([a-z_]+)`|-) \\| ([a-z]+) \\|");
    private static final Pattern ROLE_LINE = Pattern.compile("\\| `([a-z_]+)` ((?:\\| *(?:yes|) *){5})\\|");

    private static final Map<String, Scope> SCOPES = Map.of(
            "installation",
            Scope.INSTALLATION,
            "tenant",
            Scope.of(ACME),
            "enrollment",
            new Scope(Optional.of(ACME), Set.of(new Name("pumps")), Set.of()),
            "region",
            new Scope(Optional.of(ACME), Set.of(), Set.of(new Name("eu"))),
            "other tenant",
            Scope.of(new Name("other")));

    private record Decision(Optional<Action> action, String reach) {}

    @Test
    void every_operation_admits_exactly_whom_the_documentation_says() throws IOException {
        Map<String, Decision> decisions = decisions();
        Map<Action, Set<Role>> roles = roles();
        List<String> wrong = new ArrayList<>();
        try (OpenDesk desk = new OpenDesk();
                Operator owner = desk.operator()) {
            owner.post("/api/v1/tenants", "{\"name\":\"acme\"}");
            owner.post("/api/v1/tenants", "{\"name\":\"other\"}");
            for (Role role : Role.values()) {
                for (Map.Entry<String, Scope> scope : SCOPES.entrySet()) {
                    String key = desk.principals().key(role, scope.getValue());
                    try (Operator operator = desk.stranger(Optional.of(key))) {
                        for (Operation operation : operator.contract().operations()) {
                            String name = operation.getOperationId();
                            Decision decision = Optional.ofNullable(decisions.get(name))
                                    .orElseThrow(
                                            () -> new AssertionError("docs/access.md does not say who may " + name));
                            boolean expected = expected(decision, roles, role, scope.getKey());
                            int status = ask(operator, operation);
                            if (status == 401 || (status != 403) != expected) {
                                wrong.add(operation.getOperationId() + " by " + role + " of " + scope.getKey()
                                        + " answers " + status);
                            }
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean expected(Decision decision, Map<Action, Set<Role>> roles, Role role, String scope) {
        if (decision.action().isEmpty()) {
            return true;
        }
        boolean able = roles.getOrDefault(decision.action().get(), Set.of()).contains(role);
        return able
                && switch (decision.reach()) {
                    case "installation" -> scope.equals("installation");
                    case "tenant" -> scope.equals("installation") || scope.equals("tenant");
                    case "within" -> !scope.equals("other tenant");
                    case "any" -> true;
                    default -> throw new AssertionError("docs/access.md has a reach " + decision.reach());
                };
    }

    /// The body is no good for any change: whether a caller is admitted is decided before it is read.
    private static int ask(Operator operator, Operation operation) {
        String path = operation
                .getAbsoluteOpenAPIPath()
                .replace("{tenant}", "acme")
                .replaceAll("\\{(attempt|token)}", "00000000-0000-0000-0000-000000000000")
                .replace("{serial}", "4d".repeat(17))
                .replace("{version}", "1")
                .replace("{key}", "0123456789abcdef")
                .replaceAll("\\{[A-Za-z]+}", "x");
        boolean reads = operation.getHttpMethod().name().equals("GET");
        return operator.send(operator.request(path)
                        .header("Content-Type", "application/json")
                        .method(
                                operation.getHttpMethod().name(),
                                reads
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString("{\"no-such-field\":1}")))
                .status();
    }

    @Test
    void the_documented_operations_are_those_of_the_code() throws IOException {
        try (OpenDesk desk = new OpenDesk()) {
            Map<String, Decision> code = new TreeMap<>();
            for (Map.Entry<String, Admitted> entry : desk.operations().byName().entrySet()) {
                code.put(
                        entry.getKey(),
                        new Decision(entry.getValue().action(), entry.getValue().reach()));
            }
            assertThat(decisions()).isEqualTo(code);
        }
    }

    @Test
    void the_documented_roles_are_those_of_the_code() throws IOException {
        Map<Action, Set<Role>> documented = roles();
        for (Action action : Action.values()) {
            Set<Role> able = new TreeSet<>();
            for (Role role : Role.values()) {
                if (role.allows(action)) {
                    able.add(role);
                }
            }
            assertThat(documented.get(action)).as(action.toString()).isEqualTo(able);
        }
    }

    private static Map<String, Decision> decisions() throws IOException {
        Map<String, Decision> decisions = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher matcher = OPERATION_LINE.matcher(line);
            if (matcher.find()) {
                Optional<Action> action = Optional.ofNullable(matcher.group(2))
                        .map(name -> Action.valueOf(name.toUpperCase(Locale.ROOT)));
                decisions.put(matcher.group(1), new Decision(action, matcher.group(3)));
            }
        }
        return decisions;
    }

    private static Map<Action, Set<Role>> roles() throws IOException {
        Map<Action, Set<Role>> roles = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher matcher = ROLE_LINE.matcher(line);
            if (matcher.matches()) {
                Set<Role> able = new TreeSet<>();
                String[] cells = matcher.group(2).split("\\|", -1);
                int cell = 1;
                for (Role role : Role.values()) {
                    if (cells[cell].strip().equals("yes")) {
                        able.add(role);
                    }
                    cell++;
                }
                roles.put(Action.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)), able);
            }
        }
        return roles;
    }
}
