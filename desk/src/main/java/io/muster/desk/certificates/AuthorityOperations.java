package io.muster.desk.certificates;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Bytes;
import io.muster.core.issuance.Issuer;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;
import io.muster.desk.roster.TenantOperations;
import java.util.List;

/// The authority that issues the certificates of a tenant's devices.
public final class AuthorityOperations {

    private final Issuer issuer;
    private final TenantOperations tenants;

    public AuthorityOperations(Issuer issuer, TenantOperations tenants) {
        this.issuer = issuer;
        this.tenants = tenants;
    }

    public Reply get(Call call) {
        return tenants.with(call, tenant -> {
            List<Bytes> authorities = issuer.authorities(tenant.name());
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("tenant", tenant.name().value());
            json.set("issuing", CertificateJson.authority(new SignedCertificate(authorities.getFirst())));
            json.set("root", CertificateJson.authority(new SignedCertificate(authorities.getLast())));
            return Reply.ok(json);
        });
    }
}
