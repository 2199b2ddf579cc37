package io.muster.outlets.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.permission.Ask;
import io.muster.core.permission.AttachedPolicy;
import io.muster.core.permission.Permissions;
import io.muster.core.permission.PolicyDocument;
import io.muster.core.permission.PolicyReading;
import io.muster.core.permission.Variables;
import io.muster.core.template.CertificateFacts;
import io.muster.core.template.Expression;
import io.muster.core.template.Fault;
import io.muster.core.template.Impossible;
import io.muster.core.template.Instance;
import io.muster.core.template.Template;
import io.muster.core.template.TemplateReading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Any text as a template or a policy. What is read can be used, and reads the same again.
class ReadersFuzzTest {

    private final JsonPolicyReader policies = new JsonPolicyReader();
    private final JsonTemplateReader templates = new JsonTemplateReader(policies);

    @FuzzTest(maxDuration = "1m")
    void any_text_is_read_as_a_template_or_refused_with_a_place(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        for (Template.Kind kind : Template.Kind.values()) {
            switch (templates.read(kind, text)) {
                case TemplateReading.Unreadable(Fault fault) -> told(fault);
                case TemplateReading.Read(Template template) -> {
                    assertThat(templates.read(kind, template.source().text()))
                            .isEqualTo(new TemplateReading.Read(template));
                    used(template);
                }
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void any_text_is_read_as_a_policy_or_refused_with_a_place(byte[] data) {
        switch (policies.read(new String(data, StandardCharsets.UTF_8))) {
            case PolicyReading.Unreadable unreadable -> {
                assertThat(unreadable.what()).isNotBlank();
                assertThat(unreadable.remedy()).isNotBlank();
            }
            case PolicyReading.Read(PolicyDocument document) -> {
                assertThat(policies.read(document.source().text())).isEqualTo(new PolicyReading.Read(document));
                Variables nobody = new Variables("a", Optional.empty(), Optional.empty(), Optional.empty());
                assertThat(Permissions.decide(List.of(AttachedPolicy.own(document)), Ask.publish("a/b"), nobody)
                                .findings())
                        .hasSameSizeAs(document.statements());
            }
        }
    }

    private static void used(Template template) {
        switch (template.instantiate(Map.of("Serial", "a"), CertificateFacts.ofId("b"))) {
            case Impossible(Fault fault) -> told(fault);
            case Instance instance ->
                assertThat(instance.deviceConfiguration().values())
                        .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(Expression.MAX_TEXT));
        }
    }

    private static void told(Fault fault) {
        assertThat(fault.what()).isNotBlank();
        assertThat(fault.remedy()).isNotBlank();
        assertThat(fault.place().pointer()).matches("(?s)(/.*)?");
    }
}
