package io.muster.desk.dps;

import io.muster.core.connectivity.Hub;
import io.muster.core.device.Name;
import io.muster.desk.exchange.Form;
import java.util.List;

/// Hubs as Azure names them: by the host of their endpoint, or by their own name where several share a host.
final class HubHosts {

    private final List<Hub> hubs;

    /// @param hubs all of a tenant
    HubHosts(List<Hub> hubs) {
        this.hubs = hubs;
    }

    String shown(Name name) {
        return hubs.stream()
                .filter(hub -> hub.name().equals(name))
                .map(hub -> hub.endpoint().host())
                .filter(host -> at(host).size() == 1)
                .findFirst()
                .orElse(name.value());
    }

    Form<Name> read(String text, String where) {
        List<Hub> named = at(text);
        if (named.size() == 1) {
            return Form.of(named.getFirst().name());
        }
        return hubs.stream()
                .map(Hub::name)
                .filter(name -> name.value().equals(text))
                .findFirst()
                .<Form<Name>>map(Form::of)
                .orElseGet(() -> Form.faulty(
                        where,
                        named.isEmpty()
                                ? "A hub that the enrollment names is not linked to this tenant."
                                : "Several hubs of this tenant have the host that the enrollment names.",
                        "Name hubs by the host of their endpoint, or by their name: muster hub list"));
    }

    private List<Hub> at(String host) {
        return hubs.stream()
                .filter(hub -> hub.endpoint().host().equalsIgnoreCase(host))
                .toList();
    }
}
