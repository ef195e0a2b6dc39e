internal import MomentsAnalysis

/// What a fixed camera sees beside its usual frame: somebody who comes, passes, does something.
enum Foreground {
    /// The share of the frame that is not as it usually is, look by look.
    ///
    /// The usual is the median of each luma cell over the video. A camera that moves, or a film with cuts, has none.
    ///
    /// - Parameter appearance: The video's looks.
    /// - Returns: 0…1 for each look; nil where no frame is the usual one.
    static func shares(_ appearance: Appearance) -> [Float]? {
        guard appearance.count >= 8 else { return nil }
        let step = max(1, appearance.count / most)
        let sampled = stride(from: 0, to: appearance.count, by: step).map { appearance.cells(of: $0) }
        let usual = sampled[0].indices.map { cell in
            sampled.map { $0[cell] }.sorted()[sampled.count / 2]
        }
        let distances = sampled.flatMap { look in zip(look, usual).map { abs($0 - $1) } }.sorted()
        guard distances[distances.count / 2] < fixed else { return nil }
        return (0..<appearance.count).map { look in
            let cells = appearance.cells(of: look)
            return Float(zip(cells, usual).count { abs($0 - $1) > distinct }) / Float(cells.count)
        }
    }

    /// Looks the usual frame is made of, at most.
    private static let most = 400
    /// Grey levels that half of all cells stay within where the camera is fixed.
    private static let fixed: Int16 = 3
    /// Grey levels from which on a cell shows something else.
    private static let distinct: Int16 = 12
}
