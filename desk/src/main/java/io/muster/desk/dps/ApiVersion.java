package io.muster.desk.dps;

import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Form;
import io.muster.desk.exchange.Operation;
import io.muster.desk.exchange.Reply;
import java.util.Set;

/// Around every operation: serves the versions that Azure's clients ask for, and nothing that a query string adds.
record ApiVersion(Operation operation) implements Operation {

    private static final String NAME = "api-version";
    private static final Set<String> SERVED = Set.of("2019-03-31", "2021-06-01", "2021-10-01");

    @Override
    public Reply answer(Call call) {
        boolean served = call.query().keySet().equals(Set.of(NAME))
                && SERVED.contains(call.asked(NAME).orElse(""));
        return served
                ? operation.answer(call)
                : Form.<Call>faulty(
                                NAME,
                                "The request asks for no version of the service API that is served here, or has another"
                                        + " parameter beside it.",
                                "Ask for api-version=2021-10-01, 2021-06-01 or 2019-03-31, and for nothing else.")
                        .reply(operation::answer);
    }
}
