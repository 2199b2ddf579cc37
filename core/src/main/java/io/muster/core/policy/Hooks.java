package io.muster.core.policy;

import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.policy.Verdict.Permit;
import java.util.Map;

/// Asks operators' own services, which may narrow a decision and never widen it. Blocks for 5 seconds at most, never
/// throws, and may ask the same twice: a device that tries again is a new question.
public interface Hooks {

    /// Where a device goes that may come (Azure DPS: custom allocation).
    Advice allocate(HookUrl hook, Permit permit);

    /// Whether a device is made (AWS IoT: pre-provisioning hook).
    Advice provision(HookUrl hook, Provisioning device);

    /// A device that is to be made.
    ///
    /// @param claim       SHA-256 of the claim's certificate, hexadecimal
    /// @param certificate that was created for it, DER
    /// @param clientId    under which it is connected
    /// @param parameters  as it sent them
    record Provisioning(
            Name tenant,
            Name template,
            String claim,
            Bytes certificate,
            String clientId,
            Map<String, String> parameters) {
        public Provisioning {
            parameters = Map.copyOf(parameters);
        }
    }
}
