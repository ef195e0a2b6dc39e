public import MomentsAnalysis

/// Which part of a picture somebody fills, and how.
public struct CutMask: Hashable, Sendable {
    /// The part of the picture that the cells cover.
    public let part: Box
    /// Which cells of a grid over it belong to the subject; at least one.
    public let cells: RunLengths

    /// More cells than these a side no grid has, nor fewer than these.
    static let sides = 8...96

    /// The part around a box: larger on each side by a share of it, as far as the picture goes.
    static func part(around box: Box, share: Double) -> Box {
        Box(
            x: box.x - share * box.width,
            y: box.y - share * box.height,
            width: box.width * (1 + 2 * share),
            height: box.height * (1 + 2 * share)
        ).inside
    }
}
