package io.muster.desk.roster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Name;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.PossessionCheck;
import io.muster.core.roster.RegisteredAnchor;
import io.muster.core.roster.RegisteredAnchors;
import io.muster.core.roster.Tenant;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Cursor;
import io.muster.desk.exchange.Expected;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Pages;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Anchors of a tenant: register, list, show, prove possession of their keys, delete.
public final class AnchorOperations {

    private static final int CODE_BYTES = 16;

    private final AnchorReader reader;
    private final RegisteredAnchors anchors;
    private final PossessionCheck possession;
    private final TenantOperations tenants;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public AnchorOperations(
            AnchorReader reader,
            RegisteredAnchors anchors,
            PossessionCheck possession,
            TenantOperations tenants,
            InstantSource clock) {
        this.reader = reader;
        this.anchors = anchors;
        this.possession = possession;
        this.tenants = tenants;
        this.clock = clock;
    }

    public Reply create(Call call) {
        return tenants.with(call, tenant -> certificate(call.body())
                .reply(certificate -> Answered.by(
                        anchors.register(first(tenant, call.body(), certificate), call.warrant()),
                        done -> Reply.created(
                                "/api/v1/tenants/" + done.tenant() + "/anchors/" + done.name(), json(done)))));
    }

    /// The code is drawn after the certificate is here: no proof can have been made before.
    private RegisteredAnchor first(Tenant tenant, JsonNode body, Anchor certificate) {
        byte[] code = new byte[CODE_BYTES];
        random.nextBytes(code);
        return new RegisteredAnchor(
                tenant.name(),
                new Name(body.path("name").asText()),
                1,
                certificate,
                HexFormat.of().formatHex(code),
                clock.instant(),
                Optional.empty());
    }

    private Form<Anchor> certificate(JsonNode body) {
        return switch (reader.authorities(body.path("certificate").asText())) {
            case AnchorReader.Reading.Read(List<Anchor> read) when read.size() == 1 -> Form.of(read.getFirst());
            case AnchorReader.Reading.Read(List<Anchor> read) ->
                Form.faulty(
                        "/certificate",
                        "The text holds " + read.size() + " certificates; an anchor is one.",
                        "Register each under a name of its own.");
            case AnchorReader.Reading.Unreadable(String what) ->
                Form.faulty(
                        "/certificate",
                        "The certificate cannot be used: " + what + ".",
                        "Give the authority's certificate in PEM: -----BEGIN CERTIFICATE----- and so on.");
        };
    }

    public Reply list(Call call) {
        return tenants.with(call, tenant -> Cursor.read(call)
                .reply(after -> Pages.cut(
                        anchors.list(tenant.name()).stream()
                                .filter(anchor ->
                                        after.isEmpty() || anchor.name().value().compareTo(after.get()) > 0)
                                .filter(anchor -> call.asked("status")
                                        .map(status(anchor)::equals)
                                        .orElse(true))
                                .limit(call.limit() + 1L)
                                .toList(),
                        call.limit(),
                        anchor -> anchor.name().value(),
                        AnchorOperations::json)));
    }

    public Reply get(Call call) {
        return with(call, anchor -> Reply.ok(json(anchor)));
    }

    /// To prove it again changes nothing.
    public Reply verify(Call call) {
        return changing(call, anchor -> switch (possession.check(
                anchor.certificate(),
                anchor.code(),
                call.body().path("certificate").asText())) {
            case PossessionCheck.Finding.Unproved(String what) -> Reply.refused(unproved(anchor, what));
            case PossessionCheck.Finding.Proved() ->
                anchor.isVerified()
                        ? Reply.ok(json(anchor))
                        : Answered.by(
                                anchors.verify(anchor.verified(clock.instant()), call.warrant()),
                                done -> Reply.ok(json(done)));
        });
    }

    public Reply delete(Call call) {
        return changing(
                call, anchor -> Answered.by(anchors.delete(anchor, call.warrant()), done -> Reply.ok(json(done))));
    }

    private static Problem unproved(RegisteredAnchor anchor, String what) {
        return Problem.of(
                ProblemKind.NOT_POSSIBLE,
                "The certificate does not prove that the key of anchor \"" + anchor.name() + "\" is at hand: " + what
                        + ".",
                "Sign a certificate with the common name " + anchor.code()
                        + " by the authority's key, and send it: muster anchor verify --help shows how.");
    }

    private Reply changing(Call call, Function<RegisteredAnchor, Reply> next) {
        return with(call, anchor -> Expected.refusal(call, "anchor " + anchor.name(), anchor.version())
                .orElseGet(() -> next.apply(anchor)));
    }

    private Reply with(Call call, Function<RegisteredAnchor, Reply> next) {
        String name = call.named("anchor");
        return tenants.with(call, tenant -> anchors.list(tenant.name()).stream()
                .filter(anchor -> anchor.name().value().equals(name))
                .findFirst()
                .map(next)
                .orElseGet(() -> Reply.refused(Problem.missing(
                        "anchor", name, "List them with: muster anchor list --tenant " + tenant.name()))));
    }

    private static String status(RegisteredAnchor anchor) {
        return anchor.isVerified() ? "verified" : "unverified";
    }

    private static ObjectNode json(RegisteredAnchor anchor) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", anchor.name().value())
                .put("tenant", anchor.tenant().value())
                .put("version", anchor.version())
                .put("subject", anchor.certificate().subject())
                .put("fingerprint", anchor.certificate().fingerprint())
                .put("notAfter", anchor.certificate().notAfter().toString())
                .put("status", status(anchor))
                .put("registeredAt", anchor.registeredAt().toString());
        anchor.verifiedAt()
                .ifPresentOrElse(
                        at -> json.put("verifiedAt", at.toString()), () -> json.put("verificationCode", anchor.code()));
        return json;
    }
}
