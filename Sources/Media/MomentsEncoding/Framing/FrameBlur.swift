internal import CLibAV
internal import MomentsMedia

/// Makes parts of a frame unrecognizable: of each, no more is left than the mean colours of a few large fields.
///
/// That cannot be undone, unlike a blur that weighs neighbours; its cost is that of reading the part once.
enum FrameBlur {
    /// The fields along the shorter side of a part; so few that no face is left in them.
    private static let fields = 3

    /// Covers parts of a frame of planes of 8 bits, or 10 in two bytes, which nobody else refers to.
    ///
    /// - Parameters:
    ///   - frame: 4:2:0; its data must be writable.
    ///   - areas: The parts; what reaches past the picture is cut off.
    ///   - isFlat: Whether each part becomes one colour.
    static func apply(to frame: borrowing Frame, _ areas: [FrameCover.Area], isFlat: Bool) {
        let raw = frame.raw.pointee
        let (width, height) = (Int(raw.width), Int(raw.height))
        let isWide = raw.format == AV_PIX_FMT_YUV420P10LE.rawValue
        for area in areas {
            // Even places, so that all planes have the same part.
            let left = even(area.x * Double(width), width)
            let right = even((area.x + area.width) * Double(width) + 2, width)
            let top = even(area.y * Double(height), height)
            let bottom = even((area.y + area.height) * Double(height) + 2, height)
            guard left < right, top < bottom else { continue }
            let count = isFlat ? 1 : fields
            let side = max(1, (min(right - left, bottom - top) + count - 1) / count)
            let grid = (across: max(1, (right - left) / side), down: max(1, (bottom - top) / side))
            let planes = [
                (raw.data.0, raw.linesize.0, 1), (raw.data.1, raw.linesize.1, 2), (raw.data.2, raw.linesize.2, 2),
            ]
            for (data, stride, divisor) in planes {
                guard let data else { continue }
                let part = (left / divisor..<right / divisor, top / divisor..<bottom / divisor)
                if isWide {
                    data.withMemoryRebound(to: UInt16.self, capacity: Int(stride) / 2 * (height / divisor)) {
                        cover(Plane(start: $0, stride: Int(stride) / 2), part, isFlat ? (1, 1) : grid)
                    }
                } else {
                    cover(Plane(start: data, stride: Int(stride)), part, isFlat ? (1, 1) : grid)
                }
            }
        }
    }

    private struct Plane<Value: FixedWidthInteger & UnsignedInteger> {
        let start: UnsafeMutablePointer<Value>
        let stride: Int
    }

    private static func even(_ place: Double, _ side: Int) -> Int {
        place.isFinite ? min(max(Int(min(max(place, 0), Double(side))) / 2 * 2, 0), side / 2 * 2) : 0
    }

    /// Takes the mean of each field, and goes evenly from the middle of one to that of the next.
    private static func cover<Value>(
        _ plane: Plane<Value>,
        _ part: (x: Range<Int>, y: Range<Int>),
        _ grid: (across: Int, down: Int)
    ) {
        guard !part.x.isEmpty, !part.y.isEmpty else { return }
        let (across, down) = (min(grid.across, part.x.count), min(grid.down, part.y.count))
        var means = [Float](repeating: 0, count: across * down)
        for row in 0..<down {
            let rows = bounds(row, down, part.y)
            for column in 0..<across {
                let columns = bounds(column, across, part.x)
                var sum = 0
                for y in rows { for x in columns { sum &+= Int(plane.start[y &* plane.stride &+ x]) } }
                means[row * across + column] = Float(sum) / Float(rows.count * columns.count)
            }
        }
        for y in part.y {
            let vertical = place(y - part.y.lowerBound, part.y.count, down)
            for x in part.x {
                let flat = place(x - part.x.lowerBound, part.x.count, across)
                let (top, bottom) = (vertical.low * across, vertical.high * across)
                let upper = means[top + flat.low] + (means[top + flat.high] - means[top + flat.low]) * flat.share
                let lower =
                    means[bottom + flat.low] + (means[bottom + flat.high] - means[bottom + flat.low]) * flat.share
                plane.start[y &* plane.stride &+ x] = Value((upper + (lower - upper) * vertical.share).rounded())
            }
        }
    }

    private static func bounds(_ number: Int, _ count: Int, _ whole: Range<Int>) -> Range<Int> {
        let first = whole.lowerBound + number * whole.count / count
        return first..<whole.lowerBound + (number + 1) * whole.count / count
    }

    /// Between the middles of which two fields a pixel lies, and how near to the second.
    private static func place(_ offset: Int, _ length: Int, _ count: Int) -> (low: Int, high: Int, share: Float) {
        let position = (Float(offset) + 0.5) / Float(length) * Float(count) - 0.5
        let low = min(max(Int(position.rounded(.down)), 0), count - 1)
        return (low, min(low + 1, count - 1), min(max(position - Float(low), 0), 1))
    }
}
