package io.muster.desk.dps;

import io.muster.desk.dps.query.Condition;
import io.muster.desk.dps.query.QueryText;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Form;
import java.util.Map;
import java.util.Set;

/// A query as a request brings it.
record QueryBody(String text, Condition condition) {

    private static final String EVERYTHING = "*";

    /// @param fields what it may compare, with their places
    static Form<QueryBody> read(Call call, String collection, Map<String, String> fields) {
        return Fields.only(call.body(), "", Set.of("query"))
                .then(body -> Fields.text(body, "query", "/query"))
                .then(text -> read(text, collection, fields));
    }

    /// The same where a request may bring no body at all, and wants everything then.
    static Form<QueryBody> readIfAny(Call call, String collection, Map<String, String> fields) {
        return call.body().isMissingNode() ? read(EVERYTHING, collection, fields) : read(call, collection, fields);
    }

    private static Form<QueryBody> read(String text, String collection, Map<String, String> fields) {
        return QueryText.read(text, collection, fields).map(condition -> new QueryBody(text, condition));
    }
}
