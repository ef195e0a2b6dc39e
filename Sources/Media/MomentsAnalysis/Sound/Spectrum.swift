internal import Glibc

/// The power spectrum of 2048 samples, by a fast Fourier transform.
struct Spectrum {
    /// Samples looked at.
    static let size = 2048
    /// Power by frequency: entry i stands for i × rate / 2048 Hz.
    private(set) var power: [Float]

    private let window: [Float]
    private let cosines: [Float]
    private let sines: [Float]
    private let order: [Int]
    private var real: [Float]
    private var imaginary: [Float]

    init() {
        let size = Self.size
        power = [Float](repeating: 0, count: size / 2)
        real = [Float](repeating: 0, count: size)
        imaginary = real
        let turn = 2 * Float.pi / Float(size)
        window = (0..<size).map { 0.5 - 0.5 * cosf(turn * Float($0)) }
        cosines = (0..<size / 2).map { cosf(turn * Float($0)) }
        sines = (0..<size / 2).map { -sinf(turn * Float($0)) }
        order = (0..<size).map { index in
            (0..<size.trailingZeroBitCount).reduce(0) { $0 << 1 | (index >> $1) & 1 }
        }
    }

    /// Takes the last 2048 of the samples given; there must be as many.
    ///
    /// Costs about 30 µs.
    mutating func take(_ samples: [Float]) {
        let (size, offset) = (Self.size, samples.count - Self.size)
        precondition(offset >= 0)
        for index in 0..<size {
            let source = order[index]
            real[index] = samples[offset &+ source] * window[source]
            imaginary[index] = 0
        }
        transform()
        // A full-scale sine gives power 1 in its band: the window passes half the amplitude.
        let scale = 1 / Float(size * size / 16)
        for index in 0..<size / 2 {
            power[index] = (real[index] * real[index] + imaginary[index] * imaginary[index]) * scale
        }
    }

    /// Cooley and Tukey's decimation in time, on the reordered samples.
    private mutating func transform() {
        let size = Self.size
        real.withUnsafeMutableBufferPointer { real in
            imaginary.withUnsafeMutableBufferPointer { imaginary in
                var half = 1
                while half < size {
                    let stride = size / (2 &* half)
                    var block = 0
                    while block < size {
                        for index in 0..<half {
                            let (cosine, sine) = (cosines[index &* stride], sines[index &* stride])
                            let (low, high) = (block &+ index, block &+ index &+ half)
                            let r = real[high] * cosine - imaginary[high] * sine
                            let i = real[high] * sine + imaginary[high] * cosine
                            real[high] = real[low] - r
                            imaginary[high] = imaginary[low] - i
                            real[low] += r
                            imaginary[low] += i
                        }
                        block &+= 2 &* half
                    }
                    half &*= 2
                }
            }
        }
    }
}
