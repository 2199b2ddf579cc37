package io.muster.desk.dps;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Registrar;
import io.muster.desk.exchange.Form;
import io.muster.desk.imports.reading.OwnName;
import java.util.Optional;

/// Finds enrollments by the ids that Azure's tools call them by: an individual by its registration id, a group by
/// its name.
final class Places {

    private final Registrar registrar;

    Places(Registrar registrar) {
        this.registrar = registrar;
    }

    Form<Place> find(Name tenant, EnrollmentKind kind, String id) {
        return switch (kind) {
            case INDIVIDUAL -> individual(tenant, id);
            case GROUP -> group(tenant, id);
        };
    }

    private Form<Place> individual(Name tenant, String id) {
        Optional<RegistrationId> name = RegistrationId.parse(id);
        return name.isEmpty()
                ? Form.faulty(
                        "id",
                        "This is no registration id.",
                        "Use 1 to 128 characters of A-Z, a-z, 0-9, '.', '_', ':' and '-', not ending in a dot.")
                : Form.of(registrar
                        .individual(tenant, name.get())
                        .<Place>map(Place.Held::new)
                        .orElseGet(() -> new Place.Free(free(tenant, name.get()), name)));
    }

    /// Its own name, or one apart where a group has that.
    private Name free(Name tenant, RegistrationId id) {
        Name plain = OwnName.of(id);
        return registrar.enrollment(tenant, plain).isEmpty() ? plain : OwnName.apart(id);
    }

    private Form<Place> group(Name tenant, String id) {
        Optional<Name> name = Name.parse(id);
        return name.isEmpty()
                ? Form.faulty(
                        "id",
                        "This cannot be the id of an enrollment group here.",
                        "Use " + Name.RULE + "; upper case, dots, colons and underscores are not served.")
                : Form.of(registrar
                        .enrollment(tenant, name.get())
                        .map(Places::held)
                        .orElseGet(() -> new Place.Free(name.get(), Optional.empty())));
    }

    private static Place held(Enrollment found) {
        if (found.individual().isPresent()) {
            return new Place.Foreign("An individual enrollment has this name here.");
        }
        return EnrollmentKind.sayable(found)
                ? new Place.Held(found)
                : new Place.Foreign("A group has this name whose devices come by "
                        + found.proof().words() + ", in a way that Azure cannot say.");
    }
}
