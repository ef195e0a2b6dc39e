internal import FoundationEssentials

/// What a video looks like over time, small enough to keep for hours: for comparing one moment with another.
///
/// Every `interval` seconds one look: 12 × 8 luma cells and 4 × 3 cells of each chroma plane, a byte each.
public struct Appearance: Hashable, Codable, Sendable {
    /// Seconds between looks.
    public static let interval = 0.4
    /// Luma cells across and down.
    public static let (columns, rows) = (12, 8)
    /// Chroma cells across and down.
    static let (chromaColumns, chromaRows) = (4, 3)
    /// Bytes of one look.
    static let stride = columns * rows + 2 * chromaColumns * chromaRows

    /// All looks, one after another.
    private(set) var cells: Data

    /// Makes an empty record.
    public init() { cells = Data() }

    /// The number of looks.
    public var count: Int { cells.count / Self.stride }

    /// Whether a look is the one before once more, as where no picture was decoded for it; not to be asked of the first.
    public func isRepeated(_ look: Int) -> Bool {
        let start = cells.startIndex + look * Self.stride
        return cells[start..<start + Self.stride] == cells[start - Self.stride..<start]
    }

    /// Adds the look of one picture.
    mutating func append(_ print: Thumbprint) {
        Self.shrink(print.luma[...], print.columns, print.rows, to: Self.columns, Self.rows, into: &cells)
        let (columns, rows) = (print.columns / 4, print.rows / 4)
        for plane in 0..<2 {
            let part = print.chroma[plane * columns * rows..<(plane + 1) * columns * rows]
            Self.shrink(part, columns, rows, to: Self.chromaColumns, Self.chromaRows, into: &cells)
        }
    }

    /// Adds a look of another record.
    mutating func append(_ look: Int, of other: Appearance) {
        let start = other.cells.startIndex + look * Self.stride
        cells.append(other.cells[start..<start + Self.stride])
    }

    /// Adds a look given cell by cell, for tests: 96 of luma, 12 of each chroma plane.
    package mutating func append(cells look: [UInt8]) {
        precondition(look.count == Self.stride)
        cells.append(contentsOf: look)
    }

    /// Repeats the last look, where a picture is shown longer than the interval.
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
            // Rounded outwards on both sides, so that a mirrored picture gives mirrored cells.
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
