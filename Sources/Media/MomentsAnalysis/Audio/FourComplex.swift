internal import Glibc

/// Four complex numbers, computed with at once.
///
/// Inlined by word: left to itself the compiler calls a function for each sum.
struct FourComplex {
    var real: SIMD4<Float>
    var imaginary: SIMD4<Float>

    @inline(__always)
    init(real: SIMD4<Float> = .zero, imaginary: SIMD4<Float> = .zero) {
        self.real = real
        self.imaginary = imaginary
    }

    /// Numbers on the unit circle.
    init(turnedBy angles: SIMD4<Double>) {
        self.init()
        for lane in 0..<4 {
            real[lane] = Float(cos(angles[lane]))
            imaginary[lane] = Float(sin(angles[lane]))
        }
    }

    /// The first of the four, four times.
    @inline(__always)
    var first: Self { Self(real: SIMD4(repeating: real[0]), imaginary: SIMD4(repeating: imaginary[0])) }
    /// A quarter turn back: times −i.
    @inline(__always)
    var turnedBack: Self { Self(real: imaginary, imaginary: -real) }

    @inline(__always)
    static func + (left: Self, right: Self) -> Self {
        Self(real: left.real + right.real, imaginary: left.imaginary + right.imaginary)
    }

    @inline(__always)
    static func - (left: Self, right: Self) -> Self {
        Self(real: left.real - right.real, imaginary: left.imaginary - right.imaginary)
    }

    @inline(__always)
    static func * (left: Self, right: Self) -> Self {
        Self(
            real: left.real * right.real - left.imaginary * right.imaginary,
            imaginary: left.real * right.imaginary + left.imaginary * right.real
        )
    }
}
