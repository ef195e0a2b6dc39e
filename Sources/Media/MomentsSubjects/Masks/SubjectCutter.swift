internal import COpenCV
public import MomentsAnalysis

/// Cuts subjects out of pictures by their colours alone, where no model tells which pixels are theirs (GrabCut).
public enum SubjectCutter {
    /// What it is called where masks are told of.
    public static let name = "grabcut"

    /// How much of the box's sides around it is looked at, to know what the subject is not.
    private static let margin = 0.35
    /// How much of them around it may still be the subject's: what a tight box leaves out would count as the ground.
    private static let slack = 0.1
    /// The least share of the part that must lie outside the box.
    private static let leastOutside = 0.08
    /// The least share of the box that a subject fills: less is something else in it.
    private static let leastFilled = 0.05
    /// Each makes the cut a little better; what a fourth one changes is not seen.
    private static let rounds = 3

    /// Cuts out what stands in a box.
    ///
    /// Takes some ten milliseconds.
    ///
    /// - Parameters:
    ///   - box: Where the subject was found.
    ///   - picture: The picture.
    /// - Returns: Its mask; nil where its colours do not tell it from what is around it, or there is too little of it.
    public static func cut(_ box: Box, outOf picture: SubjectFrame) -> CutMask? {
        let part = CutMask.part(around: box, share: margin)
        let inside = CutMask.part(around: box, share: slack)
        let size = (width: part.width * Double(picture.width), height: part.height * Double(picture.height))
        let scale = min(1, Double(CutMask.sides.upperBound) / max(size.width, size.height))
        let (width, height) = (Int((size.width * scale).rounded()), Int((size.height * scale).rounded()))
        guard CutMask.sides.contains(width), CutMask.sides.contains(height),
            inside.area < part.area * (1 - leastOutside)
        else { return nil }
        let left = Int(((inside.x - part.x) / part.width * Double(width)).rounded())
        let top = Int(((inside.y - part.y) / part.height * Double(height)).rounded())
        let across = min(width - left, max(1, Int((inside.width / part.width * Double(width)).rounded())))
        let down = min(height - top, max(1, Int((inside.height / part.height * Double(height)).rounded())))
        guard across * down < width * height else { return nil }
        var mask = [UInt8](repeating: 0, count: width * height)
        let pixels = picture.pixels(part, width, height)
        // What OpenCV refuses has no mask.
        guard
            moments_cut(
                pixels,
                CInt(width),
                CInt(height),
                CInt(left),
                CInt(top),
                CInt(across),
                CInt(down),
                CInt(rounds),
                &mask,
                nil,
                0
            ) == 0
        else { return nil }
        let cells = RunLengths(width: width, height: height, pixels: mask.map { $0 != 0 })
        return Double(cells.area) >= leastFilled * Double(across * down) ? CutMask(part: part, cells: cells) : nil
    }
}

extension SubjectFrame {
    /// Blue, green and red of a part, row by row, in another size.
    fileprivate func pixels(_ part: Box, _ width: Int, _ height: Int) -> [UInt8] {
        func places(_ count: Int, _ from: Double, _ length: Double, _ side: Int) -> [Place] {
            (0..<count).map { index in
                let share = from + length * (Double(index) + 0.5) / Double(count)
                let exact = min(max(share * Double(side) - 0.5, 0), Double(side - 1))
                let low = Int(exact)
                return Place(low: low, high: min(low + 1, side - 1), share: Float(exact - Double(low)))
            }
        }
        let columns = places(width, part.x, part.width, self.width)
        var pixels: [UInt8] = []
        pixels.reserveCapacity(3 * width * height)
        for row in places(height, part.y, part.height, self.height) {
            for column in columns {
                let color = color(column, row)
                for plane in [2, 1, 0] { pixels.append(UInt8(color[plane])) }
            }
        }
        return pixels
    }
}
