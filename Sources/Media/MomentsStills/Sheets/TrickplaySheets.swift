public import MomentsCore
public import MomentsEncoding

/// The small pictures that Jellyfin shows above its scrub bar, in files as its own task would leave them beside a video:
/// `NAME.trickplay/320 - 10x10/0.jpg` and so on, each of ten rows of ten pictures, one for each ten seconds.
///
/// Jellyfin takes them as they are where "Save trickplay images next to media" is on, with its own default settings. It
/// computes a picture's height from the file's, so that places without a picture stay black.
public struct TrickplaySheets: Sendable {
    /// Pictures in a row, and rows.
    private static let side = 10
    /// The time between two pictures, in seconds.
    private static let interval = 10.0
    /// The width of a picture, unless the video is narrower.
    private static let width = 320

    private let survey: FrameSurvey
    private let colors: FrameColors
    private let size: (width: Int, height: Int)

    /// Prepares for a video.
    ///
    /// - Parameters:
    ///   - survey: Pictures of it, or of what it was made from; at least one.
    ///   - width: The video's, as it is shown.
    ///   - height: The same.
    ///   - colors: How the pictures' values are meant.
    public init(_ survey: FrameSurvey, width: Int, height: Int, colors: FrameColors) {
        self.survey = survey
        self.colors = colors
        let across = max(2, min(Self.width, width) / 2 * 2)
        let down = Double(across) * Double(max(1, height)) / Double(max(1, width))
        size = (across, max(2, Int((min(down, 4000) / 2).rounded()) * 2))
    }

    /// The folder's name inside `NAME.trickplay`, which tells Jellyfin the layout.
    public var folder: String { "\(size.width) - \(Self.side)x\(Self.side)" }

    /// Makes the files.
    ///
    /// - Parameters:
    ///   - duration: The video's, in seconds.
    ///   - place: Where in the survey's video a moment is, and within which segment a picture for it is to be found.
    ///   - body: Receives each file's name and content, in order.
    /// - Throws: `MediaError`, what `body` throws; `StillsError` where the survey is empty.
    public func make(
        duration: Double,
        place: (Double) -> (time: MediaTime, segment: TimeRange),
        _ body: (String, [UInt8]) throws -> Void
    ) throws {
        let count = max(1, Int((duration / Self.interval).rounded(.up)))
        for start in stride(from: 0, to: count, by: Self.side * Self.side) {
            let numbers = start..<min(count, start + Self.side * Self.side)
            var sheet = StillImage(width: Self.side * size.width, height: Self.side * size.height, grey: 16)
            for number in numbers {
                // What a picture stands for ends where the next begins, or the video does.
                let end = min(Double(number + 1) * Self.interval, duration)
                let (time, segment) = place((Double(number) * Self.interval + end) / 2)
                guard let entry = survey.nearest(to: time, in: segment) else { throw StillsError.noFrame }
                let picture = try entry.picture().resized(width: size.width, height: size.height)
                let index = number - start
                sheet.lay(picture, atX: index % Self.side * size.width, y: index / Self.side * size.height)
            }
            try body(
                "\(start / (Self.side * Self.side)).jpg",
                try StillWriter.bytes(sheet, colors, as: StillForm(.jpeg, .small))
            )
        }
    }
}

extension FrameSurvey {
    /// The picture nearest to a moment among those of a segment; where it has none, among all.
    func nearest(to time: MediaTime, in segment: TimeRange) -> Entry? {
        entries.filter { segment.contains($0.time) }
            .min { abs(($0.time - time).seconds) < abs(($1.time - time).seconds) } ?? nearest(to: time)
    }
}
