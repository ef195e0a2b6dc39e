/// A frame reduced to cell means: what two frames are compared by when they are not neighbours.
///
/// Luma cells are 4 × 4 pixels, chroma cells 8 × 8 pixels of the halved planes; some 1.5 kB at the usual size.
struct Fingerprint: Hashable, Sendable {
    /// Cells in a luma row.
    let columns: Int
    /// Luma rows of cells.
    let rows: Int
    /// Luma cell means, row by row.
    private(set) var luma: [UInt8]
    /// Chroma cell means: all of Cb, then all of Cr.
    private(set) var chroma: [UInt8]
    /// The mean of the luma cells.
    private(set) var mean: Float = 0
    /// The mean absolute distance of the luma cells from their mean: 0 for a plain frame.
    private(set) var contrast: Float = 0

    /// Makes a print of known values.
    init(columns: Int, rows: Int, luma: [UInt8], chroma: [UInt8], mean: Float, contrast: Float) {
        (self.columns, self.rows, self.luma, self.chroma) = (columns, rows, luma, chroma)
        (self.mean, self.contrast) = (mean, contrast)
    }

    /// Makes an empty print for frames of `size`.
    init(size: AnalysisSize) {
        columns = size.width / 4
        rows = size.height / 4
        luma = [UInt8](repeating: 0, count: columns * rows)
        chroma = [UInt8](repeating: 128, count: 2 * (size.width / 16) * (size.height / 16))
    }

    /// Takes the print of a frame given as tight planes; about 15 µs.
    mutating func take(luma plane: Span<UInt8>, cb: Span<UInt8>, cr: Span<UInt8>) {
        let columns = columns
        Self.reduce(plane, cell: 4, columns: columns, rows: rows, into: &luma, at: 0)
        let (chromaColumns, chromaRows) = (columns / 4, rows / 4)
        Self.reduce(cb, cell: 8, columns: chromaColumns, rows: chromaRows, into: &chroma, at: 0)
        Self.reduce(
            cr,
            cell: 8,
            columns: chromaColumns,
            rows: chromaRows,
            into: &chroma,
            at: chromaColumns * chromaRows
        )
        var sum: UInt32 = 0  // at most 255 × 2304 cells
        for value in luma { sum &+= UInt32(value) }
        let middle = Int32(sum) / Int32(luma.count)
        var spread: UInt32 = 0
        for value in luma { spread &+= UInt32(abs(Int32(value) &- middle)) }
        mean = Float(sum) / Float(luma.count)
        contrast = Float(spread) / Float(luma.count)
    }

    private static func reduce(
        _ plane: Span<UInt8>,
        cell: Int,
        columns: Int,
        rows: Int,
        into target: inout [UInt8],
        at offset: Int
    ) {
        let width = columns * cell
        precondition(plane.count >= width * rows * cell && target.count >= offset + columns * rows)
        var sums = [UInt32](repeating: 0, count: columns)
        for row in 0..<rows {
            for column in 0..<columns { sums[column] = 0 }
            for line in 0..<cell {
                let pixels = plane.extracting((row * cell + line) * width..<(row * cell + line + 1) * width)
                for column in 0..<columns {
                    var sum: UInt32 = 0
                    for x in 0..<cell { sum &+= UInt32(pixels[column &* cell &+ x]) }
                    sums[column] &+= sum
                }
            }
            let area = UInt32(cell * cell)
            for column in 0..<columns {
                target[offset + row * columns + column] = UInt8(truncatingIfNeeded: (sums[column] + area / 2) / area)
            }
        }
    }
}
