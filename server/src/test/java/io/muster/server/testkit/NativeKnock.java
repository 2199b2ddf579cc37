package io.muster.server.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.SasToken;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.UnprovenDevice;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Target;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

/// A device without an SDK: it knows JSON and HTTPS, and no more.
final class NativeKnock {

    private static final String SCHEME = "SharedAccessSignature ";
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private NativeKnock() {}

    static Ending knock(Target target, Device device) {
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(DeviceContext.of(target, device))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(target.base().resolve("/enroll"))
                    .timeout(LONGEST)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body(target, device)))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return ending(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
        } catch (IOException | GeneralSecurityException e) {
            return new Ending.Lost(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ending.Lost("interrupted");
        }
    }

    private static String body(Target target, Device device) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("tenant", target.idScope()).put("registrationId", device.registrationId());
        switch (device) {
            case SymmetricDevice owner ->
                body.put(
                        "sharedAccessSignature",
                        owner.token(
                                        SasToken.Dialect.JAVA,
                                        target.idScope(),
                                        Instant.now().plusSeconds(600))
                                .substring(SCHEME.length()));
            case X509Device ignored -> {}
            case TokenDevice ignored -> {}
            case UnprovenDevice ignored -> {}
        }
        return body.toString();
    }

    private static Ending ending(int status, JsonNode answer) {
        if (status != 200) {
            return new Ending.Refused(
                    status, answer.path("code").asText(), answer.path("title").asText());
        }
        String device = answer.path("deviceId").asText();
        String hub = URI.create(answer.at("/assignment/endpoint").asText()).getHost();
        return answer.path("change").asText().equals("initial")
                ? new Ending.Enrolled(device, hub)
                : new Ending.Reenrolled(device, hub);
    }
}
