/// What stands behind the coded frames of a kept piece.
struct PieceIndex: Codable {
    /// The frames, in coded order.
    var samples: [CodedSample] = []
    /// How the first and last frames of its shot are meant to look, as far as they are in it.
    var edges = ShotEdges()
}
