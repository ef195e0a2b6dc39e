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
        let (size, half) = (Self.size, Self.size / 2)
        power = [Float](repeating: 0, count: half)
        real = power
        imaginary = power
        let turn = 2 * Float.pi / Float(size)
        window = (0..<size).map { 0.5 - 0.5 * cosf(turn * Float($0)) }
        cosines = (0..<half).map { cosf(turn * Float($0)) }
        sines = (0..<half).map { -sinf(turn * Float($0)) }
        order = (0..<half).map { index in
            (0..<half.trailingZeroBitCount).reduce(0) { $0 << 1 | (index >> $1) & 1 }
        }
    }

    /// Takes the last 2048 of the samples given; there must be as many.
    ///
    /// Costs about 15 µs: neighbours are taken as one complex number, and what belongs to which is sorted out after.
    mutating func take(_ samples: [Float]) {
        let (size, half, offset) = (Self.size, Self.size / 2, samples.count - Self.size)
        precondition(offset >= 0)
        for index in 0..<half {
            let source = 2 &* order[index]
            real[index] = samples[offset &+ source] * window[source]
            imaginary[index] = samples[offset &+ source &+ 1] * window[source &+ 1]
        }
        transform()
        // A full-scale sine gives power 1 in its band: the window passes half the amplitude.
        let scale = 1 / Float(size * size / 16)
        for index in 0..<half {
            let mirror = (half &- index) & (half &- 1)
            // Of the even samples and of the odd ones.
            let evenR = (real[index] + real[mirror]) / 2
            let evenI = (imaginary[index] - imaginary[mirror]) / 2
            let oddR = (imaginary[index] + imaginary[mirror]) / 2
            let oddI = (real[mirror] - real[index]) / 2
            let r = evenR + oddR * cosines[index] - oddI * sines[index]
            let i = evenI + oddR * sines[index] + oddI * cosines[index]
            power[index] = (r * r + i * i) * scale
        }
    }

    /// Cooley and Tukey's decimation in time, on the reordered samples.
    private mutating func transform() {
        let size = Self.size / 2
        real.withUnsafeMutableBufferPointer { real in
            imaginary.withUnsafeMutableBufferPointer { imaginary in
                var half = 1
                while half < size {
                    let stride = size / half
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
