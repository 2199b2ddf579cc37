package io.muster.desk.exchange;

/// One operation of the contract. It runs on a virtual thread of its own and may block.
@FunctionalInterface
public interface Operation {
    /// The call kept the contract: names, ranges and shapes are checked. An exception is a fault of the server.
    Reply answer(Call call);
}
