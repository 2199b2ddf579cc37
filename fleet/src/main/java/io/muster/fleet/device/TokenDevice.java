package io.muster.fleet.device;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A device that was given a one-time token together with its name.
public final class TokenDevice implements Device {

    private final String registrationId;
    private final String token;

    /// @param registrationId the name for which the token was made
    /// @param token          as the operator got it
    public TokenDevice(String registrationId, String token) {
        this.registrationId = registrationId;
        this.token = token;
    }

    @Override
    public String registrationId() {
        return registrationId;
    }

    /// Name and token as the value of an authorization header: RFC 7617, in UTF-8.
    public String basicCredentials() {
        byte[] pair = (registrationId + ":" + token).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "TokenDevice[" + registrationId + "]";
    }
}
