package io.muster.desk.roster;

import io.muster.core.device.JsonPlace;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.roster.NamedPolicies;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.template.Template;
import io.muster.desk.exchange.Form;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Refuses the template of an enrollment that names a policy which its tenant has not.
final class PoliciesOfTemplate {

    private PoliciesOfTemplate() {}

    static Form<Template> there(NamedPolicies policies, Name tenant, Template template) {
        Map<PolicyName, JsonPlace> named = template.namedPolicies();
        if (named.isEmpty()) {
            return Form.of(template);
        }
        Set<PolicyName> known =
                policies.list(tenant).stream().map(NamedPolicy::name).collect(Collectors.toSet());
        return named.entrySet().stream()
                .filter(it -> !known.contains(it.getKey()))
                .findFirst()
                .map(it -> missing(tenant, it.getKey(), it.getValue()))
                .orElseGet(() -> Form.of(template));
    }

    private static Form<Template> missing(Name tenant, PolicyName name, JsonPlace place) {
        return Form.faulty(
                ProvisioningForm.AT + place,
                "There is no policy \"" + name + "\".",
                "Create it first: muster policy create " + name + " --document FILE --tenant " + tenant);
    }
}
