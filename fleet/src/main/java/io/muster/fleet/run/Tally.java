package io.muster.fleet.run;

import io.muster.fleet.aws.Onboarding;
import io.muster.fleet.aws.Provisioning;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Registration;
import io.muster.fleet.est.Certification;
import io.muster.fleet.est.Issuance;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Counts endings as they come, from any thread.
public final class Tally {

    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;
    private static final int MOST_NAMES = 1000;
    private static final String REST = "(others)";

    private final Histogram latencies = new Histogram(LONGEST_MICROS, DIGITS);
    private final Map<String, String> ownerOfDeviceId = new HashMap<>();
    private final Map<String, String> deviceIdOfOwner = new HashMap<>();
    private final Map<BigInteger, String> ownerOfSerial = new HashMap<>();
    private final Map<String, Long> hubs = new HashMap<>();
    private final Map<String, Long> reasons = new HashMap<>();
    private long enrolled;
    private long reenrolled;
    private long refused;
    private long lost;
    private long duplicates;

    /// Counts one ending.
    public synchronized void add(Registration registration) {
        String name = registration.device().registrationId();
        switch (registration.ending()) {
            case Ending.Enrolled(String deviceId, String hub) -> {
                enrolled++;
                record(registration.latency());
                assigned(name, deviceId, hub);
            }
            case Ending.Reenrolled(String deviceId, String hub) -> {
                reenrolled++;
                record(registration.latency());
                assigned(name, deviceId, hub);
            }
            case Ending.Refused(int status, String code, String _) -> {
                refused++;
                count(reasons, "refused: " + status + " " + code);
            }
            case Ending.Lost(String reason) -> {
                lost++;
                count(reasons, "lost: " + reason);
            }
        }
    }

    /// Counts one end of a request for a certificate.
    public synchronized void add(Certification certification) {
        String name = certification.applicant().request().registrationId();
        switch (certification.issuance()) {
            case Issuance.Issued(X509Device operational) -> {
                enrolled++;
                record(certification.latency());
                certified(name, operational);
            }
            case Issuance.Renewed(X509Device operational) -> {
                reenrolled++;
                record(certification.latency());
                certified(name, operational);
            }
            case Issuance.Refused(int status, String _) -> {
                refused++;
                count(reasons, "refused: " + status);
            }
            case Issuance.Lost(String reason) -> {
                lost++;
                count(reasons, "lost: " + reason);
            }
        }
    }

    /// Counts one end of a provisioning by claim.
    public synchronized void add(Provisioning provisioning) {
        String name = provisioning.newcomer().name();
        switch (provisioning.onboarding()) {
            case Onboarding.Enrolled(String thing, X509Device operational) -> {
                enrolled++;
                record(provisioning.latency());
                named(name, thing);
                certified(name, operational);
            }
            case Onboarding.Refused(int status, String code, String _) -> {
                refused++;
                count(reasons, "refused: " + status + " " + code);
            }
            case Onboarding.Lost(String reason) -> {
                lost++;
                count(reasons, "lost: " + reason);
            }
        }
    }

    /// The sums so far, for a run that has lasted `elapsed`.
    public synchronized FleetSummary summary(Duration elapsed) {
        double seconds = elapsed.toNanos() / 1e9;
        return new FleetSummary(
                enrolled + reenrolled + refused + lost,
                enrolled,
                reenrolled,
                refused,
                lost,
                duplicates,
                seconds,
                seconds > 0 ? (enrolled + reenrolled) / seconds : 0,
                millisAt(50),
                millisAt(90),
                millisAt(99),
                millisAt(99.9),
                millisAt(100),
                hubs,
                reasons);
    }

    private void record(Duration latency) {
        latencies.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(latency.toNanos()), LONGEST_MICROS));
    }

    /// A serial number that two devices got is a duplicate: one issuer signs for the whole run. A device may well have
    /// several, or the same again.
    private void certified(String name, X509Device operational) {
        String owner = name.toLowerCase(Locale.ROOT);
        String otherOwner = ownerOfSerial.putIfAbsent(operational.serialNumber(), owner);
        if (otherOwner != null && !otherOwner.equals(owner)) {
            duplicates++;
        }
    }

    private void assigned(String name, String deviceId, String hub) {
        count(hubs, hub);
        named(name, deviceId);
    }

    /// What the server calls a device, it may call no other, and the device nothing else.
    private void named(String name, String deviceId) {
        String owner = name.toLowerCase(Locale.ROOT);
        String otherOwner = ownerOfDeviceId.putIfAbsent(deviceId, owner);
        String otherDeviceId = deviceIdOfOwner.putIfAbsent(owner, deviceId);
        boolean shared = otherOwner != null && !otherOwner.equals(owner);
        boolean moved = otherDeviceId != null && !otherDeviceId.equals(deviceId);
        if (shared || moved) {
            duplicates++;
        }
    }

    private static void count(Map<String, Long> counts, String name) {
        String key = counts.size() < MOST_NAMES || counts.containsKey(name) ? name : REST;
        counts.merge(key, 1L, Long::sum);
    }

    private double millisAt(double percentile) {
        return latencies.getTotalCount() == 0 ? 0 : latencies.getValueAtPercentile(percentile) / 1000.0;
    }
}
