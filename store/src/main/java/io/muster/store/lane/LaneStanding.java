package io.muster.store.lane;

/// How a lane stands now.
///
/// @param lane its number; another one after another node took it over
/// @param headSeq the number of its newest entry
/// @param waiting acts that were handed in and are in no transaction yet
public record LaneStanding(int lane, long headSeq, int waiting) {}
