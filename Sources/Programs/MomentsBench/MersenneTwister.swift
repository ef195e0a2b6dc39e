/// Random numbers as Python's `random.Random(seed)` draws them: MT19937 (Matsumoto and Nishimura, 1998).
///
/// With them, reels drawn at random are those of scorers written in Python, to the last digit.
struct MersenneTwister {
    private static let count = 624
    private var state: [UInt32]
    private var next = Self.count

    init(seed: UInt32) {
        // Python seeds by an array of the seed's 32-bit words, also where it is only one.
        state = [19_650_218]
        for index in 1..<Self.count { state.append(Self.mixed(state[index - 1]) &* 1_812_433_253 &+ UInt32(index)) }
        var index = 1
        for _ in 0..<Self.count {
            state[index] = (state[index] ^ Self.mixed(state[index - 1]) &* 1_664_525) &+ seed
            index = advance(index)
        }
        for _ in 1..<Self.count {
            state[index] = (state[index] ^ Self.mixed(state[index - 1]) &* 1_566_083_941) &- UInt32(index)
            index = advance(index)
        }
        state[0] = 0x8000_0000
    }

    /// A number from 0 to below a limit, of 53 random bits.
    mutating func uniform(below limit: Double) -> Double {
        let (high, low) = (word() >> 5, word() >> 6)
        return limit * ((Double(high) * 67_108_864 + Double(low)) / 9_007_199_254_740_992)
    }

    private static func mixed(_ word: UInt32) -> UInt32 { word ^ word >> 30 }

    private mutating func advance(_ index: Int) -> Int {
        guard index + 1 == Self.count else { return index + 1 }
        state[0] = state[Self.count - 1]
        return 1
    }

    private mutating func word() -> UInt32 {
        if next == Self.count { refill() }
        var word = state[next]
        next += 1
        word ^= word >> 11
        word ^= word << 7 & 0x9d2c_5680
        word ^= word << 15 & 0xefc6_0000
        return word ^ word >> 18
    }

    private mutating func refill() {
        for index in 0..<Self.count {
            let joint = state[index] & 0x8000_0000 | state[(index + 1) % Self.count] & 0x7fff_ffff
            let odd: UInt32 = joint & 1 == 1 ? 0x9908_b0df : 0
            state[index] = state[(index + 397) % Self.count] ^ joint >> 1 ^ odd
        }
        next = 0
    }
}
