/// Reads the boxes of one family of networks.
protocol OutputReader {
    /// Reads boxes.
    ///
    /// - Parameters:
    ///   - outputs: The network's, in the order the family wants; every number is finite.
    ///   - frame: What they are about.
    /// - Returns: Boxes at or above the threshold, overlapping ones too; nil where the outputs are not the family's.
    func boxes(_ outputs: [Tensor], _ frame: OutputFrame) -> [RawBox]?
}

/// What outputs are about.
struct OutputFrame {
    /// The width of the network's input in pixels.
    let width: Int
    /// Its height.
    let height: Int
    /// How many classes there are, without the background.
    let classes: Int
    /// The least confidence that counts.
    let threshold: Float
}
