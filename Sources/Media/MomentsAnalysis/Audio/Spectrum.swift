internal import Glibc

/// The power spectrum of 2048 samples, by a fast Fourier transform.
///
/// Neighbours are taken as one complex number, and what belongs to which is sorted out after.
struct Spectrum {
    /// Samples looked at.
    static let size = 2048
    /// Vectors that hold the 1024 complex numbers: four to the fifth, so that five steps of four transform them.
    private static let count = size / 8
    /// A quarter of them.
    private static let quarter = count / 4

    /// Power by frequency: entry i stands for i × rate / 2048 Hz.
    private(set) var power = [Float](repeating: 0, count: size / 2)

    private let window: [SIMD8<Float>]
    /// Where the transform turns its second, third and fourth quarter: by once, twice and three times the angle.
    private let turns: [FourComplex]
    /// The first half turn, 2048 steps to the full one.
    private let halfTurn: [FourComplex]
    private var numbers = [FourComplex](repeating: FourComplex(), count: count)
    private var others = [FourComplex](repeating: FourComplex(), count: count)

    init() {
        let turn = 2 * Double.pi / Double(Self.size)
        let four = SIMD4<Double>(0, 1, 2, 3)
        window = (0..<Self.count).map { index in
            var window = SIMD8<Float>()
            for lane in 0..<8 { window[lane] = Float(0.5 - 0.5 * cos(turn * Double(8 * index + lane))) }
            return window
        }
        turns = (0..<3 * Self.quarter).map { index in
            FourComplex(turnedBy: (Double(index / 3 * 4) + four) * (-2 * turn * Double(index % 3 + 1)))
        }
        halfTurn = (0..<Self.count).map { FourComplex(turnedBy: (Double($0 * 4) + four) * -turn) }
    }

    /// The power of some neighbouring entries together.
    func power(of entries: Range<Int>) -> Float {
        let bytes = power.span.extracting(entries).bytes
        let (whole, size) = (entries.count / 4 * 16, MemoryLayout<Float>.size)
        var four = SIMD4<Float>()
        for place in stride(from: 0, to: whole, by: 16) {
            four += bytes.unsafeLoadUnaligned(fromByteOffset: place, as: SIMD4<Float>.self)
        }
        var sum = four.sum()
        for place in stride(from: whole, to: bytes.byteCount, by: size) {
            sum += bytes.unsafeLoadUnaligned(fromByteOffset: place, as: Float.self)
        }
        return sum
    }

    /// Takes the last 2048 of the samples given; there must be as many.
    ///
    /// Costs about 4 µs.
    mutating func take(_ samples: [Float]) {
        precondition(samples.count >= Self.size)
        Self.start(samples, window, turns, to: &numbers)
        Self.step(1, from: numbers, turns, to: &others)
        Self.step(4, from: others, turns, to: &numbers)
        Self.step(16, from: numbers, turns, to: &others)
        Self.end(&others)
        Self.measure(others, halfTurn, to: &power)
    }

    /// Splits four numbers in the distance of a quarter of all into the four residues of their frequencies.
    @inline(__always)
    private static func split(
        _ numbers: (FourComplex, FourComplex, FourComplex, FourComplex)
    ) -> (FourComplex, FourComplex, FourComplex, FourComplex) {
        let (even, odd) = (numbers.0 + numbers.2, numbers.1 + numbers.3)
        let (evenTurned, oddTurned) = (numbers.0 - numbers.2, (numbers.1 - numbers.3).turnedBack)
        return (even + odd, evenTurned + oddTurned, even - odd, evenTurned - oddTurned)
    }

    /// The first step of the transform, on the windowed samples.
    private static func start(
        _ samples: [Float],
        _ window: [SIMD8<Float>],
        _ turns: [FourComplex],
        to target: inout [FourComplex]
    ) {
        let (bytes, window, turns) = (samples.span.extracting(last: size).bytes, window.span, turns.span)
        var target = target.mutableSpan
        @inline(__always)
        func load(_ index: Int) -> FourComplex {
            let samples = bytes.unsafeLoadUnaligned(fromByteOffset: 32 &* index, as: SIMD8<Float>.self) * window[index]
            return FourComplex(real: samples.evenHalf, imaginary: samples.oddHalf)
        }
        for index in 0..<quarter {
            var (a, b, c, d) = split(
                (load(index), load(index &+ quarter), load(index &+ 2 &* quarter), load(index &+ 3 &* quarter))
            )
            b = b * turns[3 &* index]
            c = c * turns[3 &* index &+ 1]
            d = d * turns[3 &* index &+ 2]
            for lane in 0..<4 {
                target[4 &* index &+ lane] = FourComplex(
                    real: SIMD4(a.real[lane], b.real[lane], c.real[lane], d.real[lane]),
                    imaginary: SIMD4(a.imaginary[lane], b.imaginary[lane], c.imaginary[lane], d.imaginary[lane])
                )
            }
        }
    }

    /// A middle step, by Stockham: what it writes is in order, so that nothing need be reordered in the end.
    ///
    /// As many neighbouring vectors as `run` says are turned by one angle.
    private static func step(
        _ run: Int,
        from source: [FourComplex],
        _ turns: [FourComplex],
        to target: inout [FourComplex]
    ) {
        let (source, turns) = (source.span, turns.span)
        var target = target.mutableSpan
        for first in stride(from: 0, to: quarter, by: run) {
            let (once, twice, thrice) = (
                turns[3 &* first].first, turns[3 &* first &+ 1].first, turns[3 &* first &+ 2].first
            )
            for index in first..<first &+ run {
                let (a, b, c, d) = split(
                    (
                        source[index], source[index &+ quarter], source[index &+ 2 &* quarter],
                        source[index &+ 3 &* quarter]
                    )
                )
                let place = index &+ 3 &* first
                target[place] = a
                target[place &+ run] = b * once
                target[place &+ 2 &* run] = c * twice
                target[place &+ 3 &* run] = d * thrice
            }
        }
    }

    /// The last step.
    private static func end(_ numbers: inout [FourComplex]) {
        var numbers = numbers.mutableSpan
        for index in 0..<quarter {
            let (second, third, fourth) = (index &+ quarter, index &+ 2 &* quarter, index &+ 3 &* quarter)
            let (a, b, c, d) = split((numbers[index], numbers[second], numbers[third], numbers[fourth]))
            numbers[index] = a
            numbers[second] = b
            numbers[third] = c
            numbers[fourth] = d
        }
    }

    /// Takes the even and the odd samples apart again, and measures what they are together.
    private static func measure(_ numbers: [FourComplex], _ halfTurn: [FourComplex], to power: inout [Float]) {
        let (numbers, halfTurn) = (numbers.span, halfTurn.span)
        var power = power.mutableSpan
        // A full-scale sine gives power 1 in its band: the window passes half the amplitude, and even and odd come
        // twofold.
        let scale = 4 / Float(size * size)
        var behind = numbers[0]
        for index in 0..<count {
            let (here, mirror) = (numbers[index], numbers[count &- 1 &- index])
            let (real, imaginary) = (
                SIMD4(behind.real[0], mirror.real[3], mirror.real[2], mirror.real[1]),
                SIMD4(behind.imaginary[0], mirror.imaginary[3], mirror.imaginary[2], mirror.imaginary[1])
            )
            behind = mirror
            let even = FourComplex(real: here.real + real, imaginary: here.imaginary - imaginary)
            let odd = FourComplex(real: here.imaginary + imaginary, imaginary: real - here.real)
            let all = even + odd * halfTurn[index]
            let four = (all.real * all.real + all.imaginary * all.imaginary) * scale
            for lane in 0..<4 { power[4 &* index &+ lane] = four[lane] }
        }
    }
}
