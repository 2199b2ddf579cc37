package io.muster.desk.imports.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.desk.imports.reading.JsonElements.Element;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/// What `az iot dps enrollment list`, `enrollment show --show-keys`, `enrollment-group list` and `enrollment-group
/// show --show-keys` print, one output after the other.
final class AzureEnrollments implements Items {

    private final JsonElements elements;

    AzureEnrollments(InputStream file) throws IOException {
        this.elements = new JsonElements(file, Set.of("value"));
    }

    @Override
    public Optional<Item> next() throws IOException {
        return elements.next().map(AzureEnrollments::item);
    }

    private static Item item(Element element) {
        ObjectNode object = element.object();
        if (!object.path("registrationId").isTextual()
                && !object.path("enrollmentGroupId").isTextual()) {
            return Item.bad(
                    element.line(),
                    "",
                    "The object is neither an enrollment nor an enrollment group of DPS.",
                    "Send what az iot dps enrollment list -o json and az iot dps enrollment-group list -o json print.");
        }
        return new AzureBody(element.line(), object).item();
    }
}
