internal import MomentsAnalysis
public import MomentsCore
internal import MomentsTitles

/// A small picture of the source, to tell what lies under a text: its brightness only.
public struct GroundFrame: Hashable, Sendable {
    /// When the source shows it.
    public let time: MediaTime
    private let width: Int
    private let height: Int
    /// Brightness of limited range, row by row.
    private let luma: [UInt8]

    /// Takes a picture; there must be as many values as the size needs.
    public init(time: MediaTime, width: Int, height: Int, luma: [UInt8]) {
        precondition(luma.count == width * height, "a picture has its pixels")
        (self.time, self.width, self.height, self.luma) = (time, width, height, luma)
    }

    /// The columns and rows of a part.
    private func pixels(of box: Box) -> (columns: Range<Int>, rows: Range<Int>) {
        func places(_ start: Double, _ length: Double, _ count: Int) -> Range<Int> {
            let first = min(max(Int((start * Double(count)).rounded(.down)), 0), count)
            let last = min(max(Int(((start + length) * Double(count)).rounded(.up)), first), count)
            return first..<last
        }
        return (places(box.x, box.width, width), places(box.y, box.height, height))
    }

    /// How often each brightness occurs in a part.
    func histogram(of box: Box) -> [Int] {
        var counts = [Int](repeating: 0, count: 256)
        let (columns, rows) = pixels(of: box)
        for row in rows { for column in columns { counts[Int(luma[row * width + column])] += 1 } }
        return counts
    }

    /// How much goes on in a part: the mean step from one pixel to the next, 0–1.
    ///
    /// Written text has much of it.
    func detail(in box: Box) -> Double {
        let (columns, rows) = pixels(of: box)
        var (sum, count) = (0, 0)
        for row in rows {
            for column in columns.dropFirst() {
                let place = row * width + column
                sum += abs(Int(luma[place]) - Int(luma[place - 1]))
                count += 1
            }
        }
        return count > 0 ? Double(sum) / Double(count) / 255 : 0
    }

    /// How much a part is another one in another picture: the mean difference of its pixels, 0–1.
    func change(to other: GroundFrame, in box: Box) -> Double {
        guard (width, height) == (other.width, other.height) else { return 0 }
        let (columns, rows) = pixels(of: box)
        var sum = 0
        for row in rows {
            for place in row * width + columns.lowerBound..<row * width + columns.upperBound {
                sum += abs(Int(luma[place]) - Int(other.luma[place]))
            }
        }
        return rows.isEmpty || columns.isEmpty ? 0 : Double(sum) / Double(rows.count * columns.count) / 255
    }
}

extension Ground {
    /// What the pictures show in a part: all but the few brightest and darkest pixels of each.
    init?(_ parts: [(picture: GroundFrame, box: Box)]) {
        var range: (low: Int, high: Int)?
        for part in parts {
            let counts = part.picture.histogram(of: part.box)
            let total = counts.reduce(0, +)
            guard total > 0 else { continue }
            func place(_ share: Double) -> Int {
                var seen = 0
                return counts.firstIndex { count in
                    seen += count
                    return Double(seen) >= share * Double(total)
                } ?? 255
            }
            let (low, high) = (place(0.005), place(0.995))
            range = (min(range?.low ?? low, low), max(range?.high ?? high, high))
        }
        guard let range else { return nil }
        func coded(_ luma: Int) -> Double { min(max(Double(luma - 16) / 219, 0), 1) }
        self.init(darkest: coded(range.low), brightest: coded(range.high))
    }
}
