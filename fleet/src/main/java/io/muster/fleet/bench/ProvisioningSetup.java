package io.muster.fleet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.fleet.device.Pem;
import io.muster.fleet.device.X509Device;
import java.io.IOException;

/// The calls of the admin API that open a tenant to newcomers with a claim certificate.
record ProvisioningSetup(AdminApi admin, String tenant) {

    /// The name of the enrollment, which is the template's name on the wire.
    private static final String TEMPLATE = "things";

    private static final int MOST_CREATES = 10_000_000;
    private static final int MOST_PER_SECOND = 100_000;

    /// A thing is named by its serial number; it may connect under its name and report.
    private static final String TEMPLATE_BODY = """
            {
              "Parameters": {
                "SerialNumber": {"Type": "String"},
                "AWS::IoT::Certificate::Id": {"Type": "String"}
              },
              "Resources": {
                "thing": {
                  "Type": "AWS::IoT::Thing",
                  "Properties": {"ThingName": {"Ref": "SerialNumber"}}
                },
                "certificate": {
                  "Type": "AWS::IoT::Certificate",
                  "Properties": {"CertificateId": {"Ref": "AWS::IoT::Certificate::Id"}, "Status": "Active"}
                },
                "policy": {
                  "Type": "AWS::IoT::Policy",
                  "Properties": {
                    "PolicyDocument": {
                      "Version": "2012-10-17",
                      "Statement": [
                        {
                          "Effect": "Allow",
                          "Action": "iot:Connect",
                          "Resource": "arn:aws:iot:local:000000000000:client/${iot:Connection.Thing.ThingName}"
                        },
                        {
                          "Effect": "Allow",
                          "Action": "iot:Publish",
                          "Resource": "arn:aws:iot:local:000000000000:topic/t/${iot:Connection.Thing.ThingName}/telemetry"
                        }
                      ]
                    }
                  }
                }
              }
            }
            """;

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
        enrollment.set("template", new ObjectMapper().readTree(TEMPLATE_BODY));
        enrollment.putObject("allocation").put("policy", "hashed").putArray("hubs");
        return enrollment;
    }

    /// Its budget is out of reach: a benchmark shall meet the server's limit, not the claim's.
    private static ObjectNode claim(X509Device claim) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", claim.registrationId()).put("enrollment", TEMPLATE);
        body.put("certificate", Pem.encode("CERTIFICATE", claim.certificate()));
        body.putObject("budget").put("creates", MOST_CREATES).put("perSecond", MOST_PER_SECOND);
        return body;
    }
}
