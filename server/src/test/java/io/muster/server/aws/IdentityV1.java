package io.muster.server.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.crt.mqtt.MqttClientConnection;
import software.amazon.awssdk.crt.mqtt.QualityOfService;
import software.amazon.awssdk.iot.iotidentity.IotIdentityClient;
import software.amazon.awssdk.iot.iotidentity.model.CreateCertificateFromCsrRequest;
import software.amazon.awssdk.iot.iotidentity.model.CreateCertificateFromCsrSubscriptionRequest;
import software.amazon.awssdk.iot.iotidentity.model.CreateKeysAndCertificateRequest;
import software.amazon.awssdk.iot.iotidentity.model.CreateKeysAndCertificateSubscriptionRequest;
import software.amazon.awssdk.iot.iotidentity.model.ErrorResponse;
import software.amazon.awssdk.iot.iotidentity.model.RegisterThingRequest;
import software.amazon.awssdk.iot.iotidentity.model.RegisterThingSubscriptionRequest;

/// The older client: the app subscribes, publishes, and matches by itself.
record IdentityV1(IotIdentityClient client) implements AwsSdk.Identity {

    private static final QualityOfService QOS = QualityOfService.AT_LEAST_ONCE;

    IdentityV1(MqttClientConnection connection) {
        this(new IotIdentityClient(connection));
    }

    private static Consumer<ErrorResponse> rejecting(CompletableFuture<?> answer) {
        return error ->
                answer.completeExceptionally(new Rejected(error.statusCode, error.errorCode, error.errorMessage));
    }

    @Override
    public AwsSdk.Certificate createFromCsr(String requestPem) {
        CompletableFuture<AwsSdk.Certificate> answer = new CompletableFuture<>();
        var topics = new CreateCertificateFromCsrSubscriptionRequest();
        Waiting.on(client.SubscribeToCreateCertificateFromCsrAccepted(
                topics,
                QOS,
                it -> answer.complete(
                        new AwsSdk.Certificate(it.certificateId, it.certificatePem, it.certificateOwnershipToken, "")),
                answer::completeExceptionally));
        Waiting.on(client.SubscribeToCreateCertificateFromCsrRejected(topics, QOS, rejecting(answer)));
        var request = new CreateCertificateFromCsrRequest();
        request.certificateSigningRequest = requestPem;
        Waiting.on(client.PublishCreateCertificateFromCsr(request, QOS));
        return Waiting.on(answer);
    }

    @Override
    public AwsSdk.Certificate createKeys() {
        CompletableFuture<AwsSdk.Certificate> answer = new CompletableFuture<>();
        var topics = new CreateKeysAndCertificateSubscriptionRequest();
        Waiting.on(client.SubscribeToCreateKeysAndCertificateAccepted(
                topics,
                QOS,
                it -> answer.complete(new AwsSdk.Certificate(
                        it.certificateId, it.certificatePem, it.certificateOwnershipToken, it.privateKey)),
                answer::completeExceptionally));
        Waiting.on(client.SubscribeToCreateKeysAndCertificateRejected(topics, QOS, rejecting(answer)));
        Waiting.on(client.PublishCreateKeysAndCertificate(new CreateKeysAndCertificateRequest(), QOS));
        return Waiting.on(answer);
    }

    @Override
    public AwsSdk.Registration register(String template, String ownershipToken, Map<String, String> parameters) {
        CompletableFuture<AwsSdk.Registration> answer = new CompletableFuture<>();
        var topics = new RegisterThingSubscriptionRequest();
        topics.templateName = template;
        Waiting.on(client.SubscribeToRegisterThingAccepted(
                topics,
                QOS,
                it -> answer.complete(new AwsSdk.Registration(it.thingName, it.deviceConfiguration)),
                answer::completeExceptionally));
        Waiting.on(client.SubscribeToRegisterThingRejected(topics, QOS, rejecting(answer)));
        var request = new RegisterThingRequest();
        request.templateName = template;
        request.certificateOwnershipToken = ownershipToken;
        request.parameters = new HashMap<>(parameters);
        Waiting.on(client.PublishRegisterThing(request, QOS));
        return Waiting.on(answer);
    }

    @Override
    public void close() {}
}
