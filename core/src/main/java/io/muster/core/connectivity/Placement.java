package io.muster.core.connectivity;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Puts a device on a hub: a pure function of its name, the allocation and the hubs.
///
/// Weighted rendezvous hashing: each hub draws a score from the device's name and its own, and the highest wins. The
/// same inputs give the same hub on every node, and a changed set of hubs moves no device that it need not.
public final class Placement {

    private Placement() {}

    /// The hub for a device; empty when no linked hub takes devices.
    public static Optional<Hub> place(RegistrationId device, Allocation allocation, Collection<Hub> hubs) {
        return usable(allocation, hubs).stream()
                .max(Comparator.<Hub>comparingDouble(hub -> score(device, hub)).thenComparing(Hub::name));
    }

    /// The hubs among which the allocation chooses, by name.
    public static List<Hub> linked(Allocation allocation, Collection<Hub> hubs) {
        return usable(allocation, hubs).stream()
                .sorted(Comparator.comparing(Hub::name))
                .toList();
    }

    private static List<Hub> usable(Allocation allocation, Collection<Hub> hubs) {
        return hubs.stream()
                .filter(hub -> hub.enabled() && takes(allocation, hub))
                .toList();
    }

    private static boolean takes(Allocation allocation, Hub hub) {
        return switch (allocation) {
            case Allocation.Hashed hashed -> hub.weight() > 0 && linked(hashed, hub.name());
            case Allocation.Static fixed -> linked(fixed, hub.name());
            case Allocation.Custom custom -> linked(custom, hub.name());
        };
    }

    private static boolean linked(Allocation allocation, Name hub) {
        return switch (allocation) {
            case Allocation.Hashed hashed ->
                hashed.hubs().isEmpty() || hashed.hubs().contains(hub);
            case Allocation.Static fixed -> fixed.hub().equals(hub);
            case Allocation.Custom custom ->
                custom.hubs().isEmpty() || custom.hubs().contains(hub);
        };
    }

    private static double score(RegistrationId device, Hub hub) {
        double uniform = ((draw(device, hub) >>> 11) + 0.5) / (1L << 53);
        return -Math.max(hub.weight(), 1) / Math.log(uniform);
    }

    private static long draw(RegistrationId device, Hub hub) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(hub.name().value().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '/');
            return ByteBuffer.wrap(digest.digest(device.canonical().getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
