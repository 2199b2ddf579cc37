package io.muster.cli.command;

import io.muster.cli.query.Query;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `--query` before anything is asked: a change is not made when its answer could not be shown.
final class QueryReader implements ITypeConverter<Query> {

    @Override
    public Query convert(String value) {
        return switch (Query.read(value)) {
            case Query.Read.Good(Query query) -> query;
            case Query.Read.Wrong(String why) ->
                throw new TypeConversionException(
                        "The query cannot be read: " + why + ". It is JMESPath, such as " + "'items[?enabled].name'");
        };
    }
}
