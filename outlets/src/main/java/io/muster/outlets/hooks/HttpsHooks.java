package io.muster.outlets.hooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.policy.Hooks;
import io.muster.core.policy.Verdict.Permit;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Function;

/// Hooks behind HTTPS.
public final class HttpsHooks implements Hooks {

    private static final String BUSY = "Too many hooks are being asked at this moment.";

    private final HookCall call;
    private final Answers answers = new Answers();

    public HttpsHooks(HookTerms terms, InstantSource clock) {
        this.call = new HookCall(terms, clock);
    }

    @Override
    public Advice allocate(HookUrl hook, Permit permit) {
        return ask(hook, AllocationBody.of(hook, permit), answers::allocation);
    }

    @Override
    public Advice provision(HookUrl hook, Provisioning device) {
        return ask(hook, body(device), answers::provisioning);
    }

    /// The event that AWS IoT gives to a pre-provisioning hook (payload version 2020-04-01). Where AWS has region and
    /// account, the name of the template's tenant stands.
    private static ObjectNode body(Provisioning device) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("claimCertificateId", device.claim());
        body.put("certificateId", device.certificate().sha256());
        body.put("certificatePem", Pem.of(device.certificate()));
        body.put("templateArn", "arn:aws:iot::" + device.tenant() + ":provisioningtemplate/" + device.template());
        body.put("clientId", device.clientId());
        ObjectNode parameters = body.putObject("parameters");
        device.parameters().forEach(parameters::put);
        return body;
    }

    private Advice ask(HookUrl hook, ObjectNode question, Function<byte[], Advice> reading) {
        return switch (call.post(hook, question.toString().getBytes(StandardCharsets.UTF_8))) {
            case HookCall.Reply.Answered it -> reading.apply(it.body().toArray());
            case HookCall.Reply.Failed it -> new Advice.Failed(it.why());
            case HookCall.Reply.Busy() -> new Advice.Busy(BUSY);
        };
    }
}
