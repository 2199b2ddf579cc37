package io.muster.desk.provisioning;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.permission.Ask;
import io.muster.core.permission.Decision;
import io.muster.core.permission.Finding;
import io.muster.core.permission.Statement;
import io.muster.core.permission.Variables;
import io.muster.desk.exchange.Spelling;

/// Shows what policies say, and by what.
final class SimulatedJson {

    private static final String THING = "iot:Connection.Thing.";

    private SimulatedJson() {}

    static ObjectNode show(Ask ask, Variables variables, Decision decision) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (decision) {
            case Decision.Allowed it ->
                json.put("decision", "allowed").put("summary", "It is allowed, by " + it.by() + ".");
            case Decision.DeniedExplicitly it ->
                json.put("decision", "deniedExplicitly")
                        .put("summary", "It is denied, by " + it.by() + ", whatever others allow.");
            case Decision.PolicyGone it ->
                json.put("decision", "policyMissing")
                        .put(
                                "summary",
                                "It is not allowed: there is no policy " + it.policy()
                                        + ", which the device has attached, and what it would deny cannot be known.");
            case Decision.NotAllowed _ ->
                json.put("decision", "notAllowed").put("summary", "It is not allowed: no statement allows it.");
        }
        json.put("action", ask.action().code()).put("resource", ask.resource());
        variables(json.putObject("variables"), variables);
        ArrayNode statements = json.putArray("statements");
        decision.findings().forEach(it -> statements.add(statement(it)));
        return json;
    }

    private static ObjectNode statement(Finding finding) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("policy", finding.statement().policy());
        finding.statement().name().ifPresent(name -> json.put("name", name.value()));
        json.put("statement", finding.statement().statement());
        finding.statement().sid().ifPresent(sid -> json.put("sid", sid));
        return json.put("effect", finding.effect() == Statement.Effect.ALLOW ? "allow" : "deny")
                .put("result", Spelling.of(finding.result()))
                .put("applies", finding.applies())
                .put("words", finding.words());
    }

    /// The thing is only attached to a connection under its own name.
    private static void variables(ObjectNode json, Variables variables) {
        json.put("iot:ClientId", variables.clientId());
        variables.sourceIp().ifPresent(it -> json.put("aws:SourceIp", it));
        boolean attached = variables
                .thing()
                .filter(it -> it.name().equals(variables.clientId()))
                .isPresent();
        json.put(THING + "IsAttached", Boolean.toString(attached));
        variables.thing().filter(_ -> attached).ifPresent(thing -> {
            json.put(THING + "ThingName", thing.name());
            thing.type().ifPresent(type -> json.put(THING + "ThingTypeName", type));
            thing.attributes().forEach((name, value) -> json.put(THING + "Attributes[" + name + "]", value));
        });
        variables.certificate().ifPresent(certificate -> {
            if (!certificate.id().isEmpty()) {
                json.put("iot:CertificateId", certificate.id());
                json.put("iot:Certificate.SerialNumber", certificate.serialNumber());
            }
            certificate
                    .names()
                    .forEach((name, values) -> json.put("iot:Certificate." + name, String.join(", ", values)));
        });
    }
}
