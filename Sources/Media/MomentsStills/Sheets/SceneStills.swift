public import MomentsAnalysis
internal import MomentsCore
public import MomentsEncoding
public import MomentsMedia

/// Makes a small still for each scene.
public enum SceneStills {
    /// One still.
    public struct Made: Sendable {
        /// The scene's number, from 1.
        public let number: Int
        /// The file's content.
        public let bytes: [UInt8]
    }

    /// Scenes no picture was kept of that are decoded for theirs; further ones take the nearest picture.
    private static let mostDecoded = 40

    /// Takes the best picture of each scene; where none was kept, its cheapest frame is decoded.
    ///
    /// - Parameters:
    ///   - survey: The pictures kept; at least one.
    ///   - scenes: The video's scenes.
    ///   - source: The video.
    ///   - places: What its frames cost.
    ///   - form: The format, how fine, and what is told of the recording at the video's start.
    ///   - interrupt: Stops the work.
    ///   - body: Receives each still as it is made.
    /// - Throws: `MediaError`, what `body` throws; `StillsError` where the survey is empty.
    public static func make(
        _ survey: FrameSurvey,
        scenes: [Scene],
        of source: MediaSource,
        places: FramePlaces,
        form: StillForm,
        interrupt: Interrupt,
        _ body: (Made) throws -> Void
    ) throws {
        guard let size = try survey.entries.first?.picture() else { throw StillsError.noFrame }
        let colors = FrameColors(source.video.format)
        let series = try StillSeries(width: size.width, height: size.height, as: form)
        var (finder, decoded): (FrameFinder?, Int) = (nil, 0)
        for (index, scene) in scenes.enumerated() {
            if interrupt.isRequested { throw MediaError.interrupted("encode", "a still") }
            let number = index + 1
            if let entry = survey.best(in: scene.range) {
                let capture = form.capture?.adding(seconds: entry.time.seconds)
                try body(Made(number: number, bytes: try series.bytes(try entry.picture(), colors, capture: capture)))
                continue
            }
            if decoded < mostDecoded, let place = places.cheapestPlace(in: scene.range) {
                decoded += 1
                let opened = try finder ?? FrameFinder(source, interrupt: interrupt)
                finder = opened
                let preparation = FramePreparation(
                    width: size.width,
                    height: size.height,
                    orientation: source.video.format.orientation,
                    purpose: .still
                )
                var noted = form
                noted.capture = form.capture?.adding(seconds: place.time.seconds)
                var best = BestStill(preparation, noted)
                _ = try opened.show(place, to: &best)
                if !best.isEmpty {
                    try body(Made(number: number, bytes: try best.still().bytes))
                    continue
                }
            }
            guard let entry = survey.nearest(to: scene.start) else { continue }
            let capture = form.capture?.adding(seconds: entry.time.seconds)
            try body(Made(number: number, bytes: try series.bytes(try entry.picture(), colors, capture: capture)))
        }
    }
}
