/// Where a detector says that scenes start, as it prints it: a number a line.
public struct SceneStarts: Sendable {
    /// A start.
    private enum Place {
        /// The number of the scene's first frame, from 0.
        case frame(Int)
        /// When the scene starts.
        case seconds(Double)
    }

    private let places: [Place]

    /// Whether the times of the video's frames are needed to tell when scenes start.
    public let needFrameTimes: Bool

    /// Reads what a detector printed: nil where a line is something else than a start; empty lines count for nothing.
    ///
    /// - Parameter text: A frame number, or seconds with a decimal point, a line.
    public init?(_ text: String) {
        var places: [Place] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let word = line.drop { $0 == " " }.prefix { $0 != " " }
            if word.isEmpty { continue }
            if let frame = Int(word), frame >= 0 {
                places.append(.frame(frame))
            } else if word.contains("."), let seconds = Double(word), seconds >= 0, seconds.isFinite {
                places.append(.seconds(seconds))
            } else {
                return nil
            }
        }
        self.places = places
        needFrameTimes = places.contains { if case .frame = $0 { true } else { false } }
    }

    /// When scenes start, without the first one's.
    ///
    /// - Parameter frames: The times of the video's frames in seconds, in order; may be empty unless they are needed.
    /// - Returns: Seconds, in order; nil where the video has no such frame.
    public func seconds(frames: [Double]) -> [Double]? {
        var seconds: [Double] = []
        for place in places {
            switch place {
            case .frame(let number):
                guard number < frames.count else { return nil }
                seconds.append(frames[number])
            case .seconds(let time): seconds.append(time)
            }
        }
        return seconds.filter { $0 > (frames.first ?? 0) }.sorted()
    }
}
