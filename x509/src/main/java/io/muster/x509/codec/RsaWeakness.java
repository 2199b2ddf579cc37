package io.muster.x509.codec;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Two ways in which an RSA modulus of honest length is worthless: made by a chip with the ROCA flaw (CVE-2017-15361),
/// or the product of two primes so close together that Fermat's method of 1643 finds them.
final class RsaWeakness {

    private static final int GENERATOR = 65537;
    private static final int FERMAT_ROUNDS = 100;

    /// A ROCA modulus lies in the subgroup made by 65537 modulo each of these; an honest one does not, but for a chance
    /// of one in many millions.
    private static final List<Subgroup> SUBGROUPS = IntStream.rangeClosed(3, 167)
            .filter(n -> BigInteger.valueOf(n).isProbablePrime(20))
            .mapToObj(Subgroup::of)
            .toList();

    private static final BigInteger PRODUCT =
            SUBGROUPS.stream().map(s -> BigInteger.valueOf(s.prime())).reduce(BigInteger.ONE, BigInteger::multiply);

    private RsaWeakness() {}

    private record Subgroup(int prime, BitSet members) {

        static Subgroup of(int prime) {
            BitSet members = new BitSet(prime);
            int power = 1;
            while (!members.get(power)) {
                members.set(power);
                power = (int) ((long) power * GENERATOR % prime);
            }
            return new Subgroup(prime, members);
        }
    }

    static Optional<String> find(BigInteger modulus) {
        if (!modulus.testBit(0)) {
            return Optional.of("the RSA modulus is even");
        }
        if (isRoca(modulus)) {
            return Optional.of("the RSA key was made by a chip with the ROCA flaw (CVE-2017-15361)");
        }
        if (hasClosePrimes(modulus)) {
            return Optional.of("the two primes of the RSA key lie so close together that anybody finds them");
        }
        return Optional.empty();
    }

    private static boolean isRoca(BigInteger modulus) {
        BigInteger rest = modulus.mod(PRODUCT);
        return SUBGROUPS.stream().allMatch(s -> s.members()
                .get(rest.mod(BigInteger.valueOf(s.prime())).intValue()));
    }

    private static boolean hasClosePrimes(BigInteger modulus) {
        BigInteger[] floor = modulus.sqrtAndRemainder();
        if (floor[1].signum() == 0) {
            return true;
        }
        BigInteger middle = floor[0].add(BigInteger.ONE);
        BigInteger distance = middle.multiply(middle).subtract(modulus);
        for (int round = 0; round < FERMAT_ROUNDS; round++) {
            if (isSquare(distance)) {
                return true;
            }
            distance = distance.add(middle.shiftLeft(1)).add(BigInteger.ONE);
            middle = middle.add(BigInteger.ONE);
        }
        return false;
    }

    /// Squares leave only 12 of the 64 possible rests modulo 64, and 16 of 63: the root itself is seldom drawn.
    private static boolean isSquare(BigInteger number) {
        return isSquareModulo(number.intValue() & 63, 64)
                && isSquareModulo(number.mod(BigInteger.valueOf(63)).intValue(), 63)
                && isSquareModulo(number.mod(BigInteger.valueOf(65)).intValue(), 65)
                && number.sqrtAndRemainder()[1].signum() == 0;
    }

    private static boolean isSquareModulo(int rest, int modulus) {
        return IntStream.range(0, modulus).anyMatch(n -> n * n % modulus == rest);
    }
}
