public import MomentsAnalysis
internal import MomentsCore
public import MomentsEncoding

/// Makes the contact sheet: sixteen pictures from distinct shots, four by four, each with its time.
public enum ContactSheet {
    /// Pictures in a row, and rows.
    private static let side = 4
    private static let gap = 4

    /// Lays out the sheet.
    ///
    /// - Parameters:
    ///   - survey: The pictures; at least one.
    ///   - scenes: The video's scenes.
    ///   - colors: How the pictures' values are meant.
    ///   - form: The format, and how fine.
    /// - Returns: The file's content.
    /// - Throws: `MediaError`; `StillsError` where the survey is empty.
    public static func make(
        _ survey: FrameSurvey,
        scenes: [Scene],
        colors: FrameColors,
        form: StillForm
    ) throws -> [UInt8] {
        let chosen = choose(survey, scenes.map(\.range), count: side * side)
        guard let first = chosen.first else { throw StillsError.noFrame }
        let size = try first.picture()
        let columns = min(side, chosen.count)
        let rows = (chosen.count + side - 1) / side
        var sheet = StillImage(
            width: columns * (size.width + gap) + gap,
            height: rows * (size.height + gap) + gap,
            grey: 28
        )
        let hasHours = chosen.contains { $0.time.seconds >= 3600 }
        for (number, entry) in chosen.enumerated() {
            var picture = try entry.picture()
            TimeStamp.draw(entry.time.seconds, hasHours: hasHours, into: &picture, white: colors.white)
            let (column, row) = (number % side, number / side)
            sheet.lay(picture, atX: gap + column * (size.width + gap), y: gap + row * (size.height + gap))
        }
        return try StillWriter.bytes(sheet, colors, as: form)
    }

    /// One picture for each of the longest scenes; where there are fewer scenes than places, some have several.
    static func choose(_ survey: FrameSurvey, _ scenes: [TimeRange], count: Int) -> [FrameSurvey.Entry] {
        var parts = scenes.filter { scene in survey.entries.contains { scene.contains($0.time) } }
        if parts.count > count {
            parts = Array(parts.sorted { ($1.duration, $0.start) < ($0.duration, $1.start) }.prefix(count))
        }
        // What has most pictures is halved until there are enough, or one picture is left of each.
        var times = parts.map { part in survey.entries.map(\.time).filter(part.contains) }
        while parts.count < count, let most = times.indices.max(by: { times[$0].count < times[$1].count }),
            times[most].count > 1
        {
            let half = times[most].count / 2
            let (part, middle) = (parts[most], times[most][half])
            parts.append(TimeRange(start: middle, end: part.end))
            times.append(Array(times[most][half...]))
            parts[most] = TimeRange(start: part.start, end: middle)
            times[most] = Array(times[most][..<half])
        }
        return parts.sorted { $0.start < $1.start }.compactMap { survey.best(in: $0) }
    }
}
