package io.muster.desk.manual;

import io.muster.desk.exchange.Admitted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One page of the whole contract: operations by their tags, with what each takes and an example, and the schemas.
public final class Manual {

    private static final Set<String> METHODS = Set.of("get", "post", "patch", "put", "delete");
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}
            code,pre{font:14px/1.4 ui-monospace,monospace;background:#f2f2f2}
            pre{padding:.7rem;overflow:auto}
            section{border-top:1px solid #ccc;margin-top:1.5rem}
            table{border-collapse:collapse;width:100%}
            td,th{border-bottom:1px solid #ddd;padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}
            .method{font-weight:bold;text-transform:uppercase}
            @media(prefers-color-scheme:dark){body{color:#eee;background:#161616}code,pre{background:#2a2a2a}a{color:#8ab4ff}}
            """;

    private final Tree contract;
    private final Map<String, Admitted> operations;

    /// @param contract   as it is written
    /// @param operations what the desk can do, by the names of the contract
    public Manual(Map<?, ?> contract, Map<String, Admitted> operations) {
        this.contract = new Tree(contract, contract);
        this.operations = Map.copyOf(operations);
    }

    /// What the page may load: its own style, and nothing else.
    public static String policy() {
        return "default-src 'none'; style-src 'sha256-" + digest(STYLE)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    public String page() {
        Html html = new Html();
        Tree info = contract.at("info");
        String title = Html.escaped(info.at("title").text());
        html.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .raw("<title>" + title + "</title><style>" + STYLE + "</style></head><body>")
                .element("h1", info.at("title").text())
                .element("p", info.at("summary").text());
        paragraphs(html, info.at("description").text());
        html.raw("<p>The contract itself: <a href=\"/openapi.yaml\">/openapi.yaml</a> (OpenAPI "
                + Html.escaped(contract.at("openapi").text()) + ").</p>");
        contents(html);
        contract.at("tags").items().forEach(tag -> chapter(html, tag.at("name").text()));
        schemas(html);
        return html.raw("</body></html>").page();
    }

    private void contents(Html html) {
        html.raw("<nav><ul>");
        for (Tree tag : contract.at("tags").items()) {
            String name = Html.escaped(tag.at("name").text());
            html.raw("<li><a href=\"#" + name + "\">" + name + "</a></li>");
        }
        html.raw("<li><a href=\"#schemas\">schemas</a></li></ul></nav>");
    }

    private void chapter(Html html, String tag) {
        html.raw("<h2 id=\"" + Html.escaped(tag) + "\">" + Html.escaped(tag) + "</h2>");
        contract.at("paths").fields().forEach((path, item) -> item.fields().forEach((method, operation) -> {
            boolean tagged = operation.at("tags").items().stream()
                    .anyMatch(one -> one.text().equals(tag));
            if (METHODS.contains(method) && tagged) {
                operation(html, method, path, item, operation);
            }
        }));
    }

    private void operation(Html html, String method, String path, Tree item, Tree operation) {
        String name = operation.at("operationId").text();
        html.raw("<section id=\"" + Html.escaped(name) + "\"><h3><span class=\"method\">" + method + "</span> <code>"
                        + Html.escaped(path) + "</code></h3>")
                .element("p", operation.at("summary").text());
        paragraphs(html, operation.at("description").text());
        Optional.ofNullable(operations.get(name)).ifPresent(admitted -> html.element("p", taken(admitted)));
        List<Tree> parameters = new ArrayList<>(item.at("parameters").items());
        parameters.addAll(operation.at("parameters").items());
        parameters(html, parameters.stream().map(Tree::resolved).toList());
        operation.at("requestBody").at("content").fields().forEach((type, content) -> {
            html.element("h4", "Body (" + type + ")").raw("<p>" + link(content.at("schema")) + "</p>");
            if (type.equals("application/json")) {
                html.raw("<pre>" + Html.escaped(Sample.of(content.at("schema"))) + "</pre>");
            }
        });
        answers(html, operation);
        html.raw("</section>");
    }

    private static String taken(Admitted admitted) {
        return admitted.action()
                .map(action -> "Takes the permission `" + action.name().toLowerCase(Locale.ROOT) + "` (reach: "
                        + admitted.reach() + ").")
                .orElse("Open to everybody.");
    }

    private static void parameters(Html html, List<Tree> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        html.raw("<table><tr><th>Parameter</th><th>In</th><th>What</th></tr>");
        parameters.forEach(parameter -> html.row(
                "`" + parameter.at("name").text() + "`",
                parameter.at("in").text() + (parameter.at("required").text().equals("true") ? ", required" : ""),
                parameter.at("description").text()));
        html.raw("</table>");
    }

    private static void answers(Html html, Tree operation) {
        html.raw("<table><tr><th>Answer</th><th>What</th><th>Schema</th></tr>");
        operation.at("responses").fields().forEach((status, place) -> {
            Tree response = place.resolved();
            List<String> schemas = response.at("content").fields().values().stream()
                    .map(content -> link(content.at("schema")))
                    .toList();
            html.raw("<tr><td>" + Html.escaped(status) + "</td><td>"
                    + Html.escaped(response.at("description").text()) + "</td><td>" + String.join(", ", schemas)
                    + "</td></tr>");
        });
        html.raw("</table>");
    }

    private void schemas(Html html) {
        html.raw("<h2 id=\"schemas\">schemas</h2>");
        contract.at("components").at("schemas").fields().forEach((name, schema) -> {
            html.raw("<section id=\"schema-" + Html.escaped(name) + "\">").element("h3", name);
            html.element("p", schema.at("description").text());
            if (schema.at("pattern").there()) {
                html.raw(
                        "<p>Pattern: <code>" + Html.escaped(schema.at("pattern").text()) + "</code></p>");
            }
            fields(html, schema);
            html.raw("</section>");
        });
    }

    private static void fields(Html html, Tree schema) {
        Map<String, Tree> fields = schema.at("properties").fields();
        if (fields.isEmpty()) {
            return;
        }
        List<String> required =
                schema.at("required").items().stream().map(Tree::text).toList();
        html.raw("<table><tr><th>Field</th><th>Is</th><th>What</th></tr>");
        fields.forEach((name, field) -> html.raw("<tr><td><code>" + Html.escaped(name) + "</code>"
                + (required.contains(name) ? ", required" : "") + "</td><td>" + link(field) + "</td><td>"
                + Html.escaped(field.at("description").text()) + "</td></tr>"));
        html.raw("</table>");
    }

    /// A named schema as a link to it, any other in a word.
    private static String link(Tree schema) {
        String name = Html.escaped(schema.reference());
        if (!name.isEmpty()) {
            return "<a href=\"#schema-" + name + "\">" + name + "</a>";
        }
        if (schema.at("items").there()) {
            return "list of " + link(schema.at("items"));
        }
        List<String> kinds =
                schema.at("oneOf").items().stream().map(Manual::link).toList();
        List<String> choices =
                schema.at("enum").items().stream().map(Tree::text).toList();
        String words = choices.isEmpty() ? schema.at("type").text() : String.join(" | ", choices);
        return kinds.isEmpty() ? Html.escaped(words) : String.join(" or ", kinds);
    }

    private static void paragraphs(Html html, String text) {
        for (String paragraph : text.split("\n\\s*\n", -1)) {
            if (!paragraph.isBlank()) {
                html.element("p", paragraph);
            }
        }
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
