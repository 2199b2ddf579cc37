package io.muster.fleet.aws;

/// The provisioning template of a simulated fleet: a thing is named by its serial number, may connect under its name,
/// and may report.
public final class ThingTemplate {

    /// Where a thing may report; `{thing}` stands for its name.
    public static final String TELEMETRY = "t/{thing}/telemetry";

    /// The template, in AWS's grammar.
    public static final String BODY = """
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

    private ThingTemplate() {}
}
