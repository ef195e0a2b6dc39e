public import MomentsCore

/// Which pixels of a picture belong to a subject.
public struct SubjectMask: Hashable, Codable, Sendable {
    /// The subject's track.
    public let track: Int
    /// When the picture is shown.
    public let time: MediaTime
    /// Its place among the frames shown, from 0.
    public let number: Int
    /// Who told: "grabcut", or a model's name.
    public let method: String
    /// The part of the picture that the cells cover.
    public let part: Box
    /// Which cells of a grid over that part belong to the subject.
    public let cells: RunLengths

    /// Describes a mask.
    public init(track: Int, time: MediaTime, number: Int, method: String, part: Box, cells: RunLengths) {
        (self.track, self.time, self.number, self.method) = (track, time, number, method)
        (self.part, self.cells) = (part, cells)
    }

    /// The mask of the whole picture: a pixel belongs where its middle lies in a cell that does.
    ///
    /// - Parameters:
    ///   - width: The upright picture's, in pixels.
    ///   - height: Likewise.
    /// - Returns: Its runs; as fine as the grid is.
    public func runs(width: Int, height: Int) -> RunLengths {
        /// The first pixel whose middle is not before an edge.
        func edge(_ share: Double, _ side: Int) -> Int {
            min(max(Int((share * Double(side) - 0.5).rounded(.up)), 0), side)
        }
        let rows = Dictionary(grouping: cells.ranges.flatMap(\.self), by: { $0 / cells.width })
        let (across, down) = (part.width / Double(cells.width), part.height / Double(cells.height))
        var ranges: [Range<Int>] = []
        for row in 0..<cells.height {
            guard let columns = rows[row]?.map({ $0 % cells.width }) else { continue }
            let stretches = RunLengths(width: cells.width, height: 1, columns.map { $0..<$0 + 1 }).ranges.map { cells in
                let left = edge(part.x + across * Double(cells.lowerBound), width)
                return left..<edge(part.x + across * Double(cells.upperBound), width)
            }
            let top = edge(part.y + down * Double(row), height)
            let bottom = edge(part.y + down * Double(row + 1), height)
            for y in top..<bottom { ranges += stretches.map { y * width + $0.lowerBound..<y * width + $0.upperBound } }
        }
        return RunLengths(width: width, height: height, ranges)
    }
}
