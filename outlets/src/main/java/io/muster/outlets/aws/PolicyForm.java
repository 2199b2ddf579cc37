package io.muster.outlets.aws;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.permission.PolicyReader;
import io.muster.core.permission.PolicyReading;
import io.muster.core.template.PolicyResource;
import io.muster.core.template.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How a policy is written in a template.
final class PolicyForm {

    private PolicyForm() {}

    static PolicyResource read(Node.Members properties, PolicyReader reader) throws Unfit {
        properties.only(Set.of("PolicyName", "PolicyDocument"));
        if (properties.members().size() != 1) {
            throw new Unfit(
                    properties.place(),
                    "A policy is either named or written",
                    "Give either PolicyName, for a policy that exists, or PolicyDocument");
        }
        if (properties.optional("PolicyName").isPresent()) {
            Node name = properties.required("PolicyName");
            return new PolicyResource.Named(new Property(name.place(), ExpressionForm.text(name)));
        }
        Node document = properties.required("PolicyDocument");
        PolicyResource policy = document(document);
        check(document, reader);
        return policy;
    }

    /// Refuses a document that stands complete in a template and is not a policy. One in which an expression stands can
    /// only be read when a device has come.
    private static void check(Node document, PolicyReader reader) throws Unfit {
        boolean object = document instanceof Node.Members;
        if (complete(document)
                && reader.read(object ? document.json() : document.scalar())
                        instanceof PolicyReading.Unreadable(JsonPlace inside, String what, String remedy)) {
            String where = object || inside.equals(JsonPlace.WHOLE) ? "" : " (at " + inside + " in this text)";
            throw new Unfit(
                    object ? new JsonPlace(document.place().pointer() + inside.pointer()) : document.place(),
                    what + where,
                    remedy);
        }
    }

    private static boolean complete(Node node) {
        return switch (node) {
            case Node.Members members ->
                !ExpressionForm.isFunction(members)
                        && members.members().values().stream().allMatch(PolicyForm::complete);
            case Node.Items(JsonPlace _, List<Node> items) -> items.stream().allMatch(PolicyForm::complete);
            case Node.Text _, Node.Scalar _, Node.Nothing _ -> true;
        };
    }

    private static PolicyResource document(Node node) throws Unfit {
        if (node instanceof Node.Members members && !ExpressionForm.isFunction(members)) {
            List<PolicyResource.Piece> pieces = new ArrayList<>();
            StringBuilder json = new StringBuilder();
            cut(node, json, pieces);
            flush(json, pieces);
            return new PolicyResource.Document(node.place(), pieces);
        }
        return new PolicyResource.Text(new Property(node.place(), ExpressionForm.text(node)));
    }

    private static void cut(Node node, StringBuilder json, List<PolicyResource.Piece> pieces) throws Unfit {
        switch (node) {
            case Node.Members members
            when ExpressionForm.isFunction(members) -> {
                flush(json, pieces);
                pieces.add(
                        ExpressionForm.isSplit(members)
                                ? new PolicyResource.Piece.FilledList(ExpressionForm.list(members))
                                : new PolicyResource.Piece.Filled(ExpressionForm.text(members)));
            }
            case Node.Members(JsonPlace _, Map<String, Node> members) -> {
                String between = "{";
                for (Map.Entry<String, Node> member : members.entrySet()) {
                    json.append(between)
                            .append(Json.ofText(member.getKey()).text())
                            .append(':');
                    cut(member.getValue(), json, pieces);
                    between = ",";
                }
                json.append(members.isEmpty() ? "{}" : "}");
            }
            case Node.Items(JsonPlace _, List<Node> items) -> {
                String between = "[";
                for (Node item : items) {
                    json.append(between);
                    cut(item, json, pieces);
                    between = ",";
                }
                json.append(items.isEmpty() ? "[]" : "]");
            }
            case Node.Text _, Node.Scalar _, Node.Nothing _ -> json.append(node.json());
        }
    }

    private static void flush(StringBuilder json, List<PolicyResource.Piece> pieces) {
        if (!json.isEmpty()) {
            pieces.add(new PolicyResource.Piece.Verbatim(json.toString()));
            json.setLength(0);
        }
    }
}
