internal import CLibAV
internal import Glibc

/// How a coded frame is turned and mirrored so that it is shown the right way up.
public struct Orientation: Hashable, Sendable {
    /// Degrees clockwise, after mirroring: 0, 90, 180 or 270.
    public let rotation: Int
    /// Whether the frame is mirrored left to right before it is turned.
    public let isMirrored: Bool

    /// Whether width and height change places.
    public var swapsSides: Bool { rotation == 90 || rotation == 270 }

    /// As coded.
    public static let upright = Orientation(rotation: 0, isMirrored: false)

    /// Makes an orientation; any other angle counts as the nearest quarter turn.
    public init(rotation: Int, isMirrored: Bool) {
        let quarters = Int((Double(rotation) / 90).rounded())
        self.rotation = ((quarters % 4) + 4) % 4 * 90
        self.isMirrored = isMirrored
    }

    init(_ stream: AVStream) {
        var size = 0
        let found = withUnsafePointer(to: stream) { av_stream_get_side_data($0, AV_PKT_DATA_DISPLAYMATRIX, &size) }
        guard let found, size >= 9 * MemoryLayout<Int32>.size else {
            self = .upright
            return
        }
        self = found.withMemoryRebound(to: Int32.self, capacity: 9) { Orientation(matrix: $0) }
    }

    /// Reads a matrix of nine numbers, as MP4 has it.
    init(matrix: UnsafePointer<Int32>) {
        // x' = a·x + c·y, y' = b·x + d·y: a negative determinant mirrors.
        let (a, b, c, d) = (Double(matrix[0]), Double(matrix[1]), Double(matrix[3]), Double(matrix[4]))
        let isMirrored = a * d - b * c < 0
        // Undo a left-right mirror of the source (x → −x) before reading the angle.
        let sign: Double = isMirrored ? -1 : 1
        let angle = atan2(b * sign, a * sign) * 180 / .pi
        self.init(rotation: angle.isFinite ? Int(angle.rounded()) : 0, isMirrored: isMirrored)
    }
}
