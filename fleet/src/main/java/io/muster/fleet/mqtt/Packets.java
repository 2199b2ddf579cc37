package io.muster.fleet.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;

/// Packets that take more than a line to write.
final class Packets {

    private Packets() {}

    static MqttConnectMessage connect(Greeting greeting) {
        MqttMessageBuilders.ConnectBuilder connect = MqttMessageBuilders.connect()
                .protocolVersion(MqttVersion.MQTT_3_1_1)
                .clientId(greeting.clientId())
                .cleanSession(greeting.cleanSession())
                .keepAlive((int) greeting.keepAlive().toSeconds())
                .hasUser(true)
                .username(greeting.userName());
        greeting.password()
                .ifPresent(secret -> connect.hasPassword(true).password(secret.getBytes(StandardCharsets.UTF_8)));
        return connect.build();
    }
}
