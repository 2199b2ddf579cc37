package io.muster.desk.provisioning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Json;
import io.muster.core.device.PolicyName;
import io.muster.core.permission.PolicyReader;
import io.muster.core.permission.PolicyReading;
import io.muster.core.roster.NamedPolicies;
import io.muster.core.roster.NamedPolicy;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Expected;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.roster.Answered;
import io.muster.desk.roster.TenantOperations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// Policies of AWS IoT that a tenant keeps by name: create, list, show, change, delete.
public final class NamedPolicyOperations {

    private static final JsonMapper JSON = new JsonMapper();

    private final NamedPolicies policies;
    private final PolicyReader reader;
    private final TenantOperations tenants;

    public NamedPolicyOperations(NamedPolicies policies, PolicyReader reader, TenantOperations tenants) {
        this.policies = policies;
        this.reader = reader;
        this.tenants = tenants;
    }

    public Reply create(Call call) {
        return tenants.with(call, tenant -> name(call.body())
                .then(name -> document(call.body()).map(document -> new NamedPolicy(tenant.name(), name, 1, document)))
                .reply(first -> Answered.by(
                        policies.create(first, call.warrant()), done -> Reply.created(place(done), json(done)))));
    }

    /// A `+` in a path is read as a space by some, this desk among them.
    private static String place(NamedPolicy policy) {
        return "/api/v1/tenants/" + policy.tenant() + "/aws-policies/"
                + URLEncoder.encode(policy.name().value(), StandardCharsets.UTF_8);
    }

    /// The contract lets only names pass, but for two that a path cannot hold.
    private static Form<PolicyName> name(JsonNode body) {
        return PolicyName.parse(body.path("name").asText())
                .map(Form::of)
                .orElseGet(
                        () -> Form.faulty("/name", "It cannot be a policy's name.", "Make it of " + PolicyName.RULE));
    }

    private Form<Json> document(JsonNode body) {
        return switch (reader.read(body.path("document").toString())) {
            case PolicyReading.Read it -> Form.of(it.document().source());
            case PolicyReading.Unreadable it -> Form.faulty("/document" + it.place(), it.what(), it.remedy());
        };
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .reply(after -> Pages.cut(
                        policies.list(tenant.name()).stream()
                                .filter(policy ->
                                        after.isEmpty() || policy.name().value().compareTo(after.get()) > 0)
                                .limit(call.limit() + 1L)
                                .toList(),
                        call.limit(),
                        policy -> policy.name().value(),
                        NamedPolicyOperations::json)));
    }

    public Reply get(Call call) {
        return with(call, policy -> Reply.ok(json(policy)));
    }

    /// The same document again changes nothing.
    public Reply change(Call call) {
        return changing(call, present -> document(call.body())
                .reply(document -> document.equals(present.document())
                        ? Reply.ok(json(present))
                        : Answered.by(
                                policies.change(present.next(document), call.warrant()),
                                done -> Reply.ok(json(done)))));
    }

    public Reply delete(Call call) {
        return changing(
                call, policy -> Answered.by(policies.delete(policy, call.warrant()), done -> Reply.ok(json(done))));
    }

    private Reply changing(Call call, Function<NamedPolicy, Reply> next) {
        return with(call, policy -> Expected.refusal(call, "policy " + policy.name(), policy.version())
                .orElseGet(() -> next.apply(policy)));
    }

    private Reply with(Call call, Function<NamedPolicy, Reply> next) {
        String name = call.named("policy");
        return tenants.with(call, tenant -> policies.list(tenant.name()).stream()
                .filter(policy -> policy.name().value().equals(name))
                .findFirst()
                .map(next)
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "policy", name, "List them with: muster policy list --tenant " + tenant.name()))));
    }

    private static ObjectNode json(NamedPolicy policy) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", policy.name().value())
                .put("tenant", policy.tenant().value())
                .put("version", policy.version());
        return json.set("document", tree(policy.document()));
    }

    static JsonNode tree(Json document) {
        try {
            return JSON.readTree(document.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A policy that was read is not JSON", e);
        }
    }
}
