package io.muster.store.keyring;

import java.util.SortedMap;
import javax.crypto.SecretKey;

/// The keys of the blind indexes.
///
/// @param slot    says where a row lives; it never rotates
/// @param current version of the pepper with which new indexes are written
/// @param peppers by version, 1 … 127; while peppers rotate there are two
public record IndexKeys(SecretKey slot, int current, SortedMap<Integer, SecretKey> peppers) {}
