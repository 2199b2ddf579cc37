package io.muster.core.permission;

import java.util.Set;

/// What a device may do on its connection.
public sealed interface Rights {

    /// A device with policies: what they say.
    record ByPolicies(Permissions permissions) implements Rights {

        @Override
        public boolean mayConnect(String clientId) {
            return may(Ask.connect(clientId));
        }

        @Override
        public boolean mayPublish(String topic, boolean retain) {
            return may(Ask.publish(topic)) && (!retain || may(Ask.retainPublish(topic)));
        }

        @Override
        public boolean maySubscribe(String filter) {
            return may(Ask.subscribe(filter));
        }

        @Override
        public boolean mayReceive(String topic) {
            return may(Ask.receive(topic));
        }

        private boolean may(Ask ask) {
            return permissions.decide(ask) instanceof Decision.Allowed;
        }
    }

    /// The same while the device is in quarantine: what it says is heard, and it hears nothing.
    default Rights heardOnly() {
        return new Heard(this);
    }

    boolean mayConnect(String clientId);

    boolean mayPublish(String topic, boolean retain);

    boolean maySubscribe(String filter);

    boolean mayReceive(String topic);

    /// A device without policies: its own topics, `t/{device}/…`, under any client id.
    record OwnTopics(String deviceId) implements Rights {

        @Override
        public boolean mayConnect(String clientId) {
            return true;
        }

        @Override
        public boolean mayPublish(String topic, boolean retain) {
            return owns(topic);
        }

        @Override
        public boolean maySubscribe(String filter) {
            return owns(filter);
        }

        @Override
        public boolean mayReceive(String topic) {
            return owns(topic);
        }

        private boolean owns(String topic) {
            return topic.startsWith("t/" + deviceId + "/");
        }
    }

    /// A device that speaks to its hub as Azure's do: its own events, under its own name. It may await what its SDK
    /// insists to await; nothing of another device ever goes there.
    record HubTopics(String deviceId) implements Rights {

        private static final Set<String> AWAITED =
                Set.of("$iothub/methods/POST/#", "$iothub/twin/res/#", "$iothub/twin/PATCH/properties/desired/#");

        /// Nothing of the hub's is sent to it anyhow.
        @Override
        public Rights heardOnly() {
            return this;
        }

        @Override
        public boolean mayConnect(String clientId) {
            return clientId.equals(deviceId);
        }

        @Override
        public boolean mayPublish(String topic, boolean retain) {
            return !retain && topic.startsWith("devices/" + deviceId + "/messages/events/");
        }

        @Override
        public boolean maySubscribe(String filter) {
            return AWAITED.contains(filter) || filter.equals("devices/" + deviceId + "/messages/devicebound/#");
        }

        @Override
        public boolean mayReceive(String topic) {
            return topic.startsWith("$iothub/twin/res/");
        }
    }

    /// One that is heard, and hears nothing.
    ///
    /// @param rights what it might do otherwise
    record Heard(Rights rights) implements Rights {

        @Override
        public boolean mayConnect(String clientId) {
            return rights.mayConnect(clientId);
        }

        @Override
        public boolean mayPublish(String topic, boolean retain) {
            return rights.mayPublish(topic, retain);
        }

        @Override
        public boolean maySubscribe(String filter) {
            return false;
        }

        @Override
        public boolean mayReceive(String topic) {
            return false;
        }
    }
}
