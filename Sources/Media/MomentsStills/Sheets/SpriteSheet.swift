internal import MomentsCore
public import MomentsEncoding

/// Makes `sprite.jpg` and `sprite.vtt`: what a player shows above its scrub bar.
public struct SpriteSheet: Sendable {
    /// The sheet.
    public let image: [UInt8]
    /// Which part of it shows which time, as WebVTT.
    public let map: String

    /// Tiles in a row.
    static let columns = 10
    /// The longer side of a tile in pixels.
    private static let longSide = 200

    /// Lays out a survey's pictures.
    ///
    /// - Parameters:
    ///   - survey: The pictures; at least one.
    ///   - duration: The video's, in seconds.
    ///   - colors: How the pictures' values are meant.
    ///   - imageName: The name of the sheet's file.
    /// - Throws: `MediaError`; `StillsError` where the survey is empty.
    public init(_ survey: FrameSurvey, duration: Double, colors: FrameColors, imageName: String) throws {
        let interval = Self.interval(survey, duration)
        let count = max(1, Int((duration / interval).rounded(.up)))
        let tiles = try Self.tiles(survey, interval, count) { picture in
            max(picture.width, picture.height) > Self.longSide ? picture.halved() : picture
        }
        let sheet = Self.sheet(tiles, columns: Self.columns, rows: (count + Self.columns - 1) / Self.columns)
        image = try StillWriter.bytes(sheet, colors, as: StillForm(.jpeg, .small))
        let (width, height) = (tiles[0].width, tiles[0].height)
        map = (0..<count).reduce("WEBVTT\n") { text, number in
            let start = ClockText.milliseconds(Double(number) * interval)
            let end = ClockText.milliseconds(number == count - 1 ? duration : Double(number + 1) * interval)
            let (x, y) = (number % Self.columns * width, number / Self.columns * height)
            return text + "\n\(start) --> \(end)\n\(imageName)#xywh=\(x),\(y),\(width),\(height)\n"
        }
    }

    /// The time a tile stands for, in seconds: ten, or less where the video is short and there are pictures enough.
    static func interval(_ survey: FrameSurvey, _ duration: Double) -> Double {
        let spacing = duration / Double(max(1, survey.entries.count))
        let wanted = max(duration / 120, spacing)
        let steps = [0.2, 0.25, 0.5, 1, 2, 5]
        return max(steps.first { $0 >= wanted } ?? 10, (duration / 720).rounded(.up))
    }

    /// The pictures nearest to the middle of each part of the video's time.
    static func tiles(
        _ survey: FrameSurvey,
        _ interval: Double,
        _ count: Int,
        _ shape: (StillImage) -> StillImage
    ) throws -> [StillImage] {
        var last: (entry: FrameSurvey.Entry, tile: StillImage)?
        return try (0..<count).map { number in
            let middle = MediaTime(seconds: (Double(number) + 0.5) * interval)
            guard let entry = survey.nearest(to: middle) else { throw StillsError.noFrame }
            if let last, last.entry == entry { return last.tile }
            let tile = shape(try entry.picture())
            last = (entry, tile)
            return tile
        }
    }

    /// Lays tiles of one size in rows; places without one are black.
    static func sheet(_ tiles: [StillImage], columns: Int, rows: Int) -> StillImage {
        let (width, height) = (tiles[0].width, tiles[0].height)
        var sheet = StillImage(width: min(columns, tiles.count) * width, height: rows * height, grey: 16)
        for (number, tile) in tiles.enumerated() {
            sheet.lay(tile, atX: number % columns * width, y: number / columns * height)
        }
        return sheet
    }
}
