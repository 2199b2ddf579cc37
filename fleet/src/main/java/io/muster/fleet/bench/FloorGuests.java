package io.muster.fleet.bench;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.floor.Duty;
import java.util.List;

/// Who comes to the floor, and what they want there.
sealed interface FloorGuests {

    /// Devices that want an empty answer.
    record Bare(List<X509Device> warmup, List<X509Device> devices) implements FloorGuests {
        public Bare {
            warmup = List.copyOf(warmup);
            devices = List.copyOf(devices);
        }
    }

    /// Devices that want a certificate.
    record Asking(List<Applicant> warmup, List<Applicant> devices) implements FloorGuests {
        public Asking {
            warmup = List.copyOf(warmup);
            devices = List.copyOf(devices);
        }
    }

    default Duty duty() {
        return switch (this) {
            case Bare _ -> Duty.EMPTY_ANSWER;
            case Asking _ -> Duty.CERTIFICATE;
        };
    }

    static FloorGuests make(Duty duty, Maker maker, Load load) {
        List<String> warmup = Fleets.names("warm", load.warmupDevices());
        List<String> devices = Fleets.names("floor", load.devices());
        return switch (duty) {
            case EMPTY_ANSWER -> new Bare(maker.makeAll(warmup), maker.makeAll(devices));
            case CERTIFICATE -> new Asking(Fleets.applicants(maker, warmup), Fleets.applicants(maker, devices));
        };
    }
}
