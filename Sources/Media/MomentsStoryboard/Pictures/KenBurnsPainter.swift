internal import Glibc
public import MomentsEncoding
public import MomentsMedia

/// Paints the part of a picture inside a window as a shot's picture, at any fraction of a pixel.
///
/// Each picture is resampled from the source by a cubic kernel that widens with the scale, so that nothing jumps from
/// pixel to pixel and nothing glitters.
public struct KenBurnsPainter {
    private let picture: PicturePlanes
    private let width: Int
    private let height: Int

    /// Prepares.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - width: The shot's width; even.
    ///   - height: The shot's height; even.
    public init(_ picture: PicturePlanes, width: Int, height: Int) {
        (self.picture, self.width, self.height) = (picture, width, height)
    }

    /// Paints a window of the picture's pixels.
    public func paint(_ window: Window) -> StillImage {
        let across = Taps(count: width, start: window.x, length: window.width, limit: picture.width)
        let down = Taps(count: height, start: window.y, length: window.height, limit: picture.height)
        // Colours have half the pixels: on every second column, and between two rows, as H.264 has them.
        let left = window.x - window.width / Double(width) / 2
        let colorAcross = Taps(count: width / 2, start: left, length: window.width, limit: picture.width)
        let colorDown = Taps(count: height / 2, start: window.y, length: window.height, limit: picture.height)
        return StillImage(
            width: width,
            height: height,
            luma: Self.resample(picture.planes[0], picture.width, across, down),
            cb: Self.resample(picture.planes[1], picture.width, colorAcross, colorDown),
            cr: Self.resample(picture.planes[2], picture.width, colorAcross, colorDown)
        )
    }

    /// Which source pixels each target pixel is made of, along one side.
    private struct Taps {
        let firsts: [Int32]
        /// `size` weights for each target pixel; they add up to 1.
        let weights: [Float]
        let size: Int

        init(count: Int, start: Double, length: Double, limit: Int) {
            let scale = length / Double(count)
            let wide = max(1, scale)
            let size = min(limit, Int((4 * wide).rounded(.up)) + 1)
            var (firsts, weights) = ([Int32](), [Float]())
            firsts.reserveCapacity(count)
            weights.reserveCapacity(count * size)
            for index in 0..<count {
                let centre = start + (Double(index) + 0.5) * scale - 0.5
                let wanted = Int((centre - Double(size - 1) / 2).rounded())
                // At the picture's edge the kernel is cut off, not moved.
                let first = min(max(wanted, 0), limit - size)
                let raw = (0..<size).map { Self.cubic((Double(first + $0) - centre) / wide) }
                let sum = raw.reduce(0, +)
                firsts.append(Int32(first))
                if abs(sum) > 1e-6 {
                    weights += raw.map { Float($0 / sum) }
                } else {
                    let nearest = min(max(Int(centre.rounded()), first), first + size - 1)
                    weights += (0..<size).map { first + $0 == nearest ? 1 : 0 }
                }
            }
            (self.firsts, self.weights, self.size) = (firsts, weights, size)
        }

        /// Catmull and Rom's.
        private static func cubic(_ distance: Double) -> Double {
            let x = abs(distance)
            if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
            return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
        }
    }

    private static func resample(_ plane: [UInt8], _ stride: Int, _ across: Taps, _ down: Taps) -> [UInt8] {
        let (width, height) = (across.firsts.count, down.firsts.count)
        // Only the columns that are looked at are blended down.
        let from = Int(across.firsts.min() ?? 0)
        let to = min(stride, Int(across.firsts.max() ?? 0) + across.size)
        var row = [Float](repeating: 0, count: to - from)
        return [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
            plane.withUnsafeBufferPointer { plane in
                row.withUnsafeMutableBufferPointer { row in
                    across.weights.withUnsafeBufferPointer { weights in
                        across.firsts.withUnsafeBufferPointer { firsts in
                            for y in 0..<height {
                                blend(plane, stride, from, down, y, row)
                                let size = across.size
                                for x in 0..<width {
                                    let start = Int(firsts[x]) &- from
                                    var value: Float = 0.5
                                    for tap in 0..<size { value += row[start &+ tap] * weights[x &* size &+ tap] }
                                    target[y &* width &+ x] = UInt8(min(max(value, 0), 255))
                                }
                            }
                        }
                    }
                }
            }
            count = width * height
        }
    }

    /// Blends the source rows that a target row is made of.
    @inline(__always)
    private static func blend(
        _ plane: UnsafeBufferPointer<UInt8>,
        _ stride: Int,
        _ from: Int,
        _ down: Taps,
        _ y: Int,
        _ row: UnsafeMutableBufferPointer<Float>
    ) {
        row.update(repeating: 0)
        for tap in 0..<down.size {
            let weight = down.weights[y &* down.size &+ tap]
            if weight == 0 { continue }
            let line = (Int(down.firsts[y]) &+ tap) &* stride &+ from
            for x in 0..<row.count { row[x] += Float(plane[line &+ x]) * weight }
        }
    }
}
