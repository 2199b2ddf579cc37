package io.muster.core.flow;

import io.muster.core.door.ClaimReception;
import io.muster.core.door.Creating;
import io.muster.core.door.CreationRequest;
import io.muster.core.door.Registering;
import io.muster.core.door.RegistrationRequest;

/// What devices with a claim ask for, in the order in which they do: a certificate, then a name.
public record Provision(Create create, Register register) implements ClaimReception {

    @Override
    public Creating create(CreationRequest request) {
        return create.create(request);
    }

    @Override
    public Registering register(RegistrationRequest request) {
        return register.register(request);
    }
}
