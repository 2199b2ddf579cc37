package io.muster.server.aws;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.crt.iot.MqttRequestResponseClientOptions;
import software.amazon.awssdk.iot.iotidentity.IotIdentityV2Client;
import software.amazon.awssdk.iot.iotidentity.model.CreateCertificateFromCsrRequest;
import software.amazon.awssdk.iot.iotidentity.model.CreateKeysAndCertificateRequest;
import software.amazon.awssdk.iot.iotidentity.model.RegisterThingRequest;

/// The newer client: the SDK subscribes, publishes and matches.
record IdentityV2(IotIdentityV2Client client) implements AwsSdk.Identity {

    static MqttRequestResponseClientOptions options() {
        return MqttRequestResponseClientOptions.builder()
                .withMaxRequestResponseSubscriptions(4)
                .withMaxStreamingSubscriptions(1)
                .withOperationTimeoutSeconds(Waiting.LONGEST_SECONDS - 5)
                .build();
    }

    @Override
    public AwsSdk.Certificate createFromCsr(String requestPem) {
        var request = new CreateCertificateFromCsrRequest();
        request.certificateSigningRequest = requestPem;
        var it = Waiting.on(client.createCertificateFromCsr(request));
        return new AwsSdk.Certificate(it.certificateId, it.certificatePem, it.certificateOwnershipToken, "");
    }

    @Override
    public AwsSdk.Certificate createKeys() {
        var it = Waiting.on(client.createKeysAndCertificate(new CreateKeysAndCertificateRequest()));
        return new AwsSdk.Certificate(it.certificateId, it.certificatePem, it.certificateOwnershipToken, it.privateKey);
    }

    @Override
    public AwsSdk.Registration register(String template, String ownershipToken, Map<String, String> parameters) {
        var request = new RegisterThingRequest();
        request.templateName = template;
        request.certificateOwnershipToken = ownershipToken;
        request.parameters = new HashMap<>(parameters);
        var it = Waiting.on(client.registerThing(request));
        return new AwsSdk.Registration(it.thingName, it.deviceConfiguration);
    }

    @Override
    public void close() {
        client.close();
    }
}
