package io.muster.doors.mqtt;

import io.muster.core.device.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// A door that does what the user name, the topic or the filter says, and keeps what it saw.
final class ObedientDoor implements MqttDoor {

    static final Bytes HELLO = Bytes.of("hello".getBytes(StandardCharsets.UTF_8));

    final List<String> seen = new CopyOnWriteArrayList<>();
    final List<MqttConnect> connects = new CopyOnWriteArrayList<>();
    final CountDownLatch release = new CountDownLatch(1);
    final AtomicInteger entered = new AtomicInteger();
    final AtomicReference<MqttReplies> replies = new AtomicReference<>();

    @Override
    public Optional<Welcome> connect(MqttConnect connect) {
        connects.add(connect);
        String word = connect.userName().orElse("");
        return switch (word) {
            case "stranger" -> Optional.empty();
            case "fault" -> throw new IllegalStateException("as wanted");
            case "slow" -> {
                await();
                yield accepted(connect);
            }
            default ->
                word.startsWith("refuse ")
                        ? Optional.of(new Welcome.Refused(MqttRefusal.valueOf(
                                word.substring("refuse ".length()).toUpperCase(Locale.ROOT))))
                        : accepted(connect);
        };
    }

    private Optional<Welcome> accepted(MqttConnect connect) {
        String tenant =
                connect.userName().filter(it -> it.startsWith("tenant ")).orElse("tenant acme");
        Owner owner = new Owner("test", tenant, connect.clientId());
        return Optional.of(new Welcome.Accepted(owner, new Guest(connect.clientId())));
    }

    private void await() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Guest implements MqttGuest {

        private final String name;

        Guest(String name) {
            this.name = name;
        }

        @Override
        public void entered(MqttReplies back) {
            entered.incrementAndGet();
        }

        @Override
        public Grant subscribe(String filter, int qos, MqttReplies back) {
            seen.add(name + " subscribes " + filter + " " + qos);
            replies.set(back);
            return filter.startsWith("denied")
                    ? new Grant.Denied(Denial.NOT_AUTHORIZED)
                    : new Grant.Granted(filter.startsWith("zero") ? 0 : qos);
        }

        @Override
        public Receipt publish(MqttMessage message, MqttReplies back) {
            seen.add(name + " publishes " + message.topic() + " "
                    + new String(message.payload().toArray(), StandardCharsets.UTF_8) + " " + message.qos());
            String[] words = message.topic().split("/", 2);
            switch (words[0]) {
                case "echo" -> seen.add("sent " + back.send(words[1], message.payload()));
                case "later" -> back.sendAfter(Duration.ofMillis(200), words[1], message.payload());
                case "flood" -> flood(back, words[1]);
                case "block" -> await();
                case "close" -> back.close();
                case "dismiss" -> back.dismiss();
                case "fault" -> throw new IllegalStateException("as wanted");
                default -> {}
            }
            return words[0].equals("denied")
                    ? new Receipt.Denied(Denial.valueOf(words[1].toUpperCase(Locale.ROOT)))
                    : new Receipt.Taken();
        }

        private void flood(MqttReplies back, String topic) {
            int sent = 0;
            while (sent < 1_000 && back.send(topic, HELLO)) {
                sent++;
            }
            seen.add("flooded " + sent);
        }

        @Override
        public void left(Departure departure) {
            seen.add(name + " left " + departure);
        }
    }
}
