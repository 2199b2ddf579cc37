package io.muster.fleet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.fleet.aws.ThingTemplate;
import io.muster.fleet.device.X509Device;
import java.io.IOException;

/// The calls of the admin API that open a tenant to newcomers with a claim certificate.
record ProvisioningSetup(AdminApi admin, String tenant) {

    /// The name of the enrollment, which is the template's name on the wire.
    private static final String TEMPLATE = "things";

    private static final int MOST_CREATES = 100_000_000;
    private static final int MOST_PER_SECOND = 10_000;
    private static final int MOST_CONNECTIONS = 10_000;

    /// Makes the enrollment with its template and ties the claim to it; the template's name on the wire.
    String open(X509Device claim) throws IOException, InterruptedException {
        admin.post("/api/v1/tenants/" + tenant + "/enrollments", enrollment());
        admin.post("/api/v1/tenants/" + tenant + "/claims", claim(claim));
        return TEMPLATE;
    }

    private static ObjectNode enrollment() throws IOException {
        ObjectNode enrollment = JsonNodeFactory.instance.objectNode();
        enrollment.put("name", TEMPLATE).put("kind", "group");
        enrollment.putObject("proof").putObject("claims");
        enrollment.set("template", new ObjectMapper().readTree(ThingTemplate.BODY));
        enrollment.putObject("allocation").put("policy", "hashed").putArray("hubs");
        return enrollment;
    }

    /// Its budget is the largest that there is: a benchmark shall meet the server's limit, not the claim's.
    private static ObjectNode claim(X509Device claim) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", claim.registrationId()).put("enrollment", TEMPLATE);
        body.put("certificate", claim.certificatePem());
        body.put("creates", MOST_CREATES).put("perSecond", MOST_PER_SECOND).put("connections", MOST_CONNECTIONS);
        return body;
    }
}
