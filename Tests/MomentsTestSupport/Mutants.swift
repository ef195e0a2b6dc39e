internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// Broken variants of good inputs, the same ones for the same seed, for parsers that must bear anything.
public struct Mutants {
    /// How many inputs each parser gets: a few thousand, or what MOMENTS_FUZZ says.
    public static var count: Int { getenv("MOMENTS_FUZZ").flatMap { Int(String(cString: $0)) } ?? 3000 }

    private let seeds: [[UInt8]]
    private let words: [[UInt8]]
    private var state: UInt64

    /// - Parameters:
    ///   - seeds: Good inputs; not empty.
    ///   - words: Pieces of text that are put in, besides numbers at the edges of their types.
    ///   - seed: Where the sequence begins.
    public init(of seeds: [[UInt8]], words: [String] = [], seed: UInt64 = 1) {
        self.seeds = seeds
        self.words = words.map { Array($0.utf8) } + Self.numbers
        state = seed
    }

    /// Gives each variant to a parser; the one at work stands in MOMENTS_FUZZ_INPUT, where that names a file.
    ///
    /// - Parameters:
    ///   - name: The parser's name, put behind that file's.
    ///   - parser: Must return; a trap is the fault that is looked for.
    /// - Throws: `SystemError` when the input cannot be kept in that file.
    public mutating func each(_ name: String, _ parser: ([UInt8]) -> Void) throws {
        let file = getenv("MOMENTS_FUZZ_INPUT").map { FilePath(String(cString: $0) + "." + name) }
        for _ in 0..<Self.count {
            let input = next()
            if let file { try AtomicFile.replace(file, with: input, durable: false) }
            parser(input)
        }
    }

    /// The next variant.
    public mutating func next() -> [UInt8] {
        var bytes = seeds[random(seeds.count)]
        for _ in 0...random(4) { change(&bytes) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let place = random(bytes.count + 1)
        let end = min(bytes.count, place + 1 + random(random(4) == 0 ? 64 : 8))
        switch random(9) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random(8))
        case 1 where place < bytes.count: bytes[place] = [0, 1, 0x7f, 0x80, 0xff][random(5)]
        case 2: put(Self.edges[random(Self.edges.count)], eight: true, at: place, of: &bytes)
        case 3: put(Self.edges[random(Self.edges.count)], eight: false, at: place, of: &bytes)
        case 4: bytes.removeSubrange(place..<end)
        case 5: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 6: bytes.insert(contentsOf: words[random(words.count)], at: place)
        case 7: replaceNumber(behind: place, in: &bytes)
        default:
            let other = seeds[random(seeds.count)]
            bytes = bytes.prefix(place) + other.suffix(other.count - min(other.count, place))
        }
    }

    /// Writes a number, the highest byte first, as containers do.
    private func put(_ number: UInt64, eight: Bool, at place: Int, of bytes: inout [UInt8]) {
        for index in 0..<(eight ? 8 : 4) where place + index < bytes.count {
            bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt64((eight ? 56 : 24) - 8 * index))
        }
    }

    private mutating func replaceNumber(behind place: Int, in bytes: inout [UInt8]) {
        guard let start = bytes[place...].firstIndex(where: { (0x30...0x39).contains($0) }) else { return }
        let rest = bytes[start...].drop { (0x30...0x39).contains($0) || $0 == 0x2e }
        bytes.replaceSubrange(start..<rest.startIndex, with: Self.numbers[random(Self.numbers.count)])
    }

    private static let edges: [UInt64] = [
        0, 1, 7, 8, 15, 16, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 1 << 56 - 1, 1 << 62 - 1, 1 << 62, 1 << 63 - 1,
        1 << 63,
        .max - 7, .max,
    ]

    private static let numbers = [
        "0", "-1", "1e308", "-1e308", "1e400", "1e-400", "0.1", "2147483648", "9223372036854775807",
        "-9223372036854775808", "9223372036854775808", "18446744073709551615", "99999999999999999999999", "null",
        "true",
        "\"x\"", "[]", "{}", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z", "1/0", "9223372036854775807/-1",
    ].map { Array($0.utf8) }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    private mutating func random(_ bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ mixed >> 31) % UInt64(max(1, bound)))
    }
}
