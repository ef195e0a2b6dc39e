internal import Synchronization

/// What every wide or HDR colour becomes, on a grid fine enough to fill in between.
///
/// Takes some 30 ms to make and 400 kB to keep; made once for each kind.
package final class ToneTable: Sendable {
    /// What a table is made for.
    package struct Key: Hashable {
        let curve: ToneCurve
        /// "bt709" or "bt601": the matrix of what comes out.
        let matrix: String
        /// Whether what comes out uses all values, as a JPEG does.
        let isFullRange: Bool
    }

    let key: Key
    /// Brightness for each of 33 × 33 chroma nodes and 65 luma nodes, in 1/64 of an 8-bit step.
    let luma: [Int16]
    /// Both colour differences for the same nodes.
    let chroma: [SIMD2<Int16>]

    static let lumaNodes = 65
    static let chromaNodes = 33

    private static let made = Mutex<[Key: ToneTable]>([:])

    static func shared(_ key: Key) -> ToneTable {
        made.withLock { made in
            let table = made[key] ?? ToneTable(key)
            made[key] = table
            return table
        }
    }

    private init(_ key: Key) {
        self.key = key
        var luma: [Int16] = []
        var chroma: [SIMD2<Int16>] = []
        luma.reserveCapacity(Self.lumaNodes * Self.chromaNodes * Self.chromaNodes)
        chroma.reserveCapacity(luma.capacity)
        for cb in 0..<Self.chromaNodes {
            for cr in 0..<Self.chromaNodes {
                for y in 0..<Self.lumaNodes {
                    let node = Self.node(key, y: Double(y) * 16, cb: Double(cb) * 32, cr: Double(cr) * 32)
                    luma.append(Int16((node.x * 64).rounded()))
                    chroma.append(SIMD2(Int16((node.y * 64).rounded()), Int16((node.z * 64).rounded())))
                }
            }
        }
        (self.luma, self.chroma) = (luma, chroma)
    }

    /// The 8-bit values of a 10-bit colour.
    private static func node(_ key: Key, y: Double, cb: Double, cr: Double) -> SIMD3<Double> {
        let (grey, blue, red) = ((y - 64) / 876, (cb - 512) / 896, (cr - 512) / 896)
        let (r, b) = (grey + 1.4746 * red, grey + 1.8814 * blue)
        let mapped = key.curve.map(SIMD3(r, (grey - 0.2627 * r - 0.0593 * b) / 0.678, b))
        let (kr, kb) = key.matrix == "bt709" ? (0.2126, 0.0722) : (0.299, 0.114)
        let bright = kr * mapped.x + (1 - kr - kb) * mapped.y + kb * mapped.z
        let difference = SIMD2((mapped.z - bright) / (2 - 2 * kb), (mapped.x - bright) / (2 - 2 * kr))
        return key.isFullRange
            ? SIMD3(bright * 255, 128 + difference.x * 255, 128 + difference.y * 255)
            : SIMD3(16 + bright * 219, 128 + difference.x * 224, 128 + difference.y * 224)
    }
}
