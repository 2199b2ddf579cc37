package io.muster.core.permission;

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
}
