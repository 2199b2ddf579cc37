package io.muster.desk.keys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.access.AccessKey;
import io.muster.core.access.ProvedBy;
import io.muster.core.device.Name;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/// Shows a key; its text is not in it.
final class KeyJson {

    private KeyJson() {}

    static ObjectNode show(AccessKey key, Instant now) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", key.id().value())
                .put("name", key.name())
                .put("version", key.version());
        key.scope().tenant().ifPresent(tenant -> json.put("tenant", tenant.value()));
        switch (key.provedBy()) {
            case ProvedBy.ApiKey() -> json.put("kind", "apiKey");
            case ProvedBy.ClientKey(String fingerprint) ->
                json.put("kind", "clientKey").put("fingerprint", fingerprint);
            case ProvedBy.ClientCertificate(String fingerprint) ->
                json.put("kind", "clientCertificate").put("fingerprint", fingerprint);
            case ProvedBy.SharedAccess() ->
                json.put("kind", "sharedAccessPolicy")
                        .put(
                                "sharedAccessKeyName",
                                key.name() + "@" + key.scope().tenant().orElseThrow());
        }
        json.put("role", key.role().name().toLowerCase(Locale.ROOT));
        names(json, "enrollments", key.scope().enrollments());
        names(json, "regions", key.scope().regions());
        json.put("state", key.standing(now).name().toLowerCase(Locale.ROOT));
        json.put("createdBy", key.madeBy());
        json.put("createdAt", key.createdAt().toString());
        key.expiresAt().ifPresent(moment -> json.put("expiresAt", moment.toString()));
        key.lastUsed().ifPresent(moment -> json.put("lastUsedAt", moment.toString()));
        key.overlapUntil().filter(now::isBefore).ifPresent(moment -> json.put("overlapUntil", moment.toString()));
        return json;
    }

    private static void names(ObjectNode json, String field, Set<Name> names) {
        if (!names.isEmpty()) {
            var list = json.putArray(field);
            names.stream().sorted().forEach(name -> list.add(name.value()));
        }
    }
}
