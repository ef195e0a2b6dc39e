internal import FoundationEssentials

/// What a video looks like over time, small enough to keep for hours: for comparing one moment with another.
///
/// Every `interval` seconds one sample: 12 × 8 luma cells and 4 × 3 cells of each chroma plane, a byte each.
public struct Appearance: Hashable, Codable, Sendable {
    /// Seconds between samples.
    public static let interval = 0.4
    /// Luma cells across and down.
    public static let (columns, rows) = (12, 8)
    /// Chroma cells across and down.
    static let (chromaColumns, chromaRows) = (4, 3)
    /// Bytes of one sample.
    static let stride = columns * rows + 2 * chromaColumns * chromaRows

    /// All looks, one after another.
    private(set) var cells: Data

    /// Makes an empty record.
    public init() { cells = Data() }

    /// The number of samples.
    public var count: Int { cells.count / Self.stride }

    /// Whether a sample is the one before once more, as where no frame was decoded for it; not to be asked of the
    /// first.
    public func isRepeated(_ sample: Int) -> Bool {
        let start = cells.startIndex + sample * Self.stride
        return cells[start..<start + Self.stride] == cells[start - Self.stride..<start]
    }

    /// The luma cells of a sample, 0…255, row by row.
    public func cells(of sample: Int) -> [Int16] {
        let start = cells.startIndex + sample * Self.stride
        return cells[start..<start + Self.columns * Self.rows].map { Int16($0) }
    }

    /// How colourful a sample is, and how red: the means of how far its chroma cells lie from grey, in steps.
    public func tint(of sample: Int) -> (color: Float, red: Float) {
        let end = cells.startIndex + (sample + 1) * Self.stride
        let count = Self.chromaColumns * Self.chromaRows
        let chroma = cells[end - 2 * count..<end].map { Int($0) - 128 }
        return (
            Float(chroma.reduce(0) { $0 + abs($1) }) / Float(2 * count),
            Float(chroma.suffix(count).reduce(0) { $0 + max(0, $1) }) / Float(count)
        )
    }

    /// Adds the sample of one frame.
    mutating func append(_ fingerprint: Fingerprint) {
        Self.shrink(
            fingerprint.luma[...],
            fingerprint.columns,
            fingerprint.rows,
            to: Self.columns,
            Self.rows,
            into: &cells
        )
        let (columns, rows) = (fingerprint.columns / 4, fingerprint.rows / 4)
        for plane in 0..<2 {
            let part = fingerprint.chroma[plane * columns * rows..<(plane + 1) * columns * rows]
            Self.shrink(part, columns, rows, to: Self.chromaColumns, Self.chromaRows, into: &cells)
        }
    }

    /// Adds a sample of another record.
    mutating func append(_ sample: Int, of other: Appearance) {
        let start = other.cells.startIndex + sample * Self.stride
        cells.append(other.cells[start..<start + Self.stride])
    }

    /// Adds a sample given cell by cell, for tests: 96 of luma, 12 of each chroma plane.
    package mutating func append(cells sample: [UInt8]) {
        precondition(sample.count == Self.stride)
        cells.append(contentsOf: sample)
    }

    /// Repeats the last sample, where a frame is shown longer than the interval.
    mutating func repeatLast() {
        guard count > 0 else { return }
        cells.append(Data(cells.suffix(Self.stride)))
    }

    private static func shrink(
        _ plane: ArraySlice<UInt8>,
        _ columns: Int,
        _ rows: Int,
        to wide: Int,
        _ high: Int,
        into target: inout Data
    ) {
        for y in 0..<high {
            // Rounded outwards on both sides, so that a mirrored frame gives mirrored cells.
            let lines = y * rows / high..<((y + 1) * rows + high - 1) / high
            for x in 0..<wide {
                let across = x * columns / wide..<((x + 1) * columns + wide - 1) / wide
                var (sum, count) = (0, 0)
                for line in lines {
                    for column in across {
                        sum += Int(plane[plane.startIndex + line * columns + column])
                        count += 1
                    }
                }
                target.append(UInt8(clamping: (sum + count / 2) / count))
            }
        }
    }
}
