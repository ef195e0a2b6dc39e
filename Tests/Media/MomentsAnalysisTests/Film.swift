import MomentsAnalysis
import MomentsCore

/// A film drawn by the test: frames of 64 × 48 with known scenes, moves and lights.
struct Film {
    static let size = AnalysisSize(width: 64, height: 48)

    /// A place to film: smooth random structure, larger than the frame.
    struct Place {
        static let (width, height) = (160, 96)
        let luma: [UInt8]
        let tint: Int

        init(_ seed: UInt64, contrast: Double = 1) {
            var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
            func random() -> Double {
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                return Double(state >> 11) / Double(1 << 53)
            }
            // Two layers of points joined by straight lines: broad shapes and detail.
            func layer(_ step: Int) -> (Int, Int) -> Double {
                let columns = Place.width / step + 2
                let points = (0..<columns * (Place.height / step + 2)).map { _ in random() }
                return { x, y in
                    let (column, row) = (x / step, y / step)
                    let (fx, fy) = (Double(x % step) / Double(step), Double(y % step) / Double(step))
                    let upper = points[row * columns + column] * (1 - fx) + points[row * columns + column + 1] * fx
                    let below = (row + 1) * columns + column
                    return upper * (1 - fy) + (points[below] * (1 - fx) + points[below + 1] * fx) * fy
                }
            }
            let (broad, fine) = (layer(12), layer(3))
            luma = (0..<Place.width * Place.height).map { index in
                let (x, y) = (index % Place.width, index / Place.width)
                let value = 0.6 * broad(x, y) + 0.4 * fine(x, y) - 0.5
                return UInt8(clamping: Int(120 + 200 * contrast * value))
            }
            tint = Int(random() * 60) - 30
        }
    }

    /// One frame.
    struct Frame {
        var luma: [UInt8]
        var tint: Int

        /// A view of a place, from an offset.
        init(_ place: Place, x: Int = 0, y: Int = 0, light: Int = 0) {
            luma = []
            luma.reserveCapacity(Film.size.width * Film.size.height)
            for line in 0..<Film.size.height {
                for column in 0..<Film.size.width {
                    luma.append(UInt8(clamping: Int(place.luma[(y + line) * Place.width + x + column]) + light))
                }
            }
            tint = place.tint
        }

        /// A plain frame.
        init(plain level: UInt8) {
            luma = [UInt8](repeating: level, count: Film.size.width * Film.size.height)
            tint = 0
        }

        /// A blend: `share` of the other frame.
        func blended(with other: Frame, _ share: Double) -> Frame {
            var result = self
            for index in luma.indices {
                result.luma[index] = UInt8(
                    clamping: Int(Double(luma[index]) * (1 - share) + Double(other.luma[index]) * share)
                )
            }
            result.tint = Int(Double(tint) * (1 - share) + Double(other.tint) * share)
            return result
        }

        /// The other frame from the left up to `share` of the width.
        func wiped(by other: Frame, _ share: Double) -> Frame {
            var result = self
            let edge = Int(Double(Film.size.width) * share)
            for index in luma.indices where index % Film.size.width < edge { result.luma[index] = other.luma[index] }
            return result
        }

        /// The same with a square of another place's structure in it.
        func with(_ thing: Place, x: Int, y: Int, side: Int) -> Frame {
            var result = self
            for line in 0..<side {
                for column in 0..<side {
                    result.luma[(y + line) * Film.size.width + x + column] = thing.luma[line * Place.width + column]
                }
            }
            return result
        }
    }

    /// What the analysis finds in these frames, shown 25 to the second unless `times` says otherwise.
    static func watch(_ frames: [Frame], times: [MediaTime]? = nil) -> Signals? {
        var analyzer = FrameAnalyzer(size: size, timescale: 90_000)
        let quarter = size.width * size.height / 4
        for (index, frame) in frames.enumerated() {
            let cb = [UInt8](repeating: UInt8(clamping: 128 + frame.tint), count: quarter)
            let cr = [UInt8](repeating: UInt8(clamping: 128 - frame.tint), count: quarter)
            let time = times?[index] ?? MediaTime(ticks: Int64(index), timescale: 25)
            analyzer.add(luma: frame.luma.span, cb: cb.span, cr: cr.span, time: time)
        }
        let last = times?.last ?? MediaTime(ticks: Int64(frames.count - 1), timescale: 25)
        return analyzer.finish(end: last + MediaTime(ticks: 1, timescale: 25))
    }

    /// The first frames of all scenes but the first.
    static func cuts(_ frames: [Frame]) -> [Int]? { watch(frames)?.scenes.dropFirst().map(\.startFrame) }
}
