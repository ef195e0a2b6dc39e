internal import MomentsCore

/// A picture as a network wants it: three planes of numbers, with a margin right and below where shapes differ.
struct InputPlanes: Sendable {
    /// Width in pixels.
    let width: Int
    /// Height in pixels.
    let height: Int
    /// The planes one after another.
    let values: [Float]
    /// How many of its pixels one of the picture's is wide.
    let scaleX: Double
    /// How many of its pixels one of the picture's is high.
    let scaleY: Double

    /// Lays a picture into what a network wants; the margin is black.
    ///
    /// - Parameters:
    ///   - picture: The picture, upright.
    ///   - input: What the network wants.
    ///   - stretches: Whether the picture is stretched to the sides; nil for what the network wants.
    init(_ picture: SubjectFrame, _ input: ModelInput, stretches: Bool? = nil) {
        let across = Double(input.width) / Double(picture.width)
        let down = Double(input.height) / Double(picture.height)
        // Where sides may vary nothing is gained by enlarging, and time is lost.
        let even = min(across, down, input.multiple == nil ? .infinity : 1)
        (scaleX, scaleY) = stretches ?? input.stretches ? (across, down) : (even, even)
        let shown = (
            width: min(input.width, max(1, Int((Double(picture.width) * scaleX).rounded()))),
            height: min(input.height, max(1, Int((Double(picture.height) * scaleY).rounded())))
        )
        if let multiple = input.multiple {
            (width, height) = (Self.up(shown.width, multiple), Self.up(shown.height, multiple))
        } else {
            (width, height) = (input.width, input.height)
        }
        let order = input.colors == .rgb ? [0, 1, 2] : [2, 1, 0]
        let area = width * height
        var values = (0..<3).flatMap { plane in
            [Float](repeating: (0 - input.mean[plane]) * input.scale[plane], count: area)
        }
        let columns = Self.places(shown.width, picture.width, scaleX)
        let rows = Self.places(shown.height, picture.height, scaleY)
        for (y, row) in rows.enumerated() {
            for (x, column) in columns.enumerated() {
                let color = picture.color(column, row)
                for plane in 0..<3 {
                    values[plane &* area &+ y &* width &+ x] =
                        (color[order[plane]] - input.mean[plane]) * input.scale[plane]
                }
            }
        }
        self.values = values
    }

    /// Where the pixels of a side lie among those of the picture.
    private static func places(_ count: Int, _ length: Int, _ scale: Double) -> [SubjectFrame.Place] {
        (0..<count).map { index in
            let exact = min(max((Double(index) + 0.5) / scale - 0.5, 0), Double(length - 1))
            let low = Int(exact)
            return SubjectFrame.Place(low: low, high: min(low + 1, length - 1), share: Float(exact - Double(low)))
        }
    }

    private static func up(_ side: Int, _ multiple: Int) -> Int { (side + multiple - 1) / multiple * multiple }
}
