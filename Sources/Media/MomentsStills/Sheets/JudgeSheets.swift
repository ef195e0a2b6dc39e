public import MomentsCore
public import MomentsEncoding

/// Draws what a judge looks at: sheets on which each window is a row of four stills under its number and its time.
///
/// A sheet holds fourteen windows of a landscape video and twelve of an upright one, and is at most 1,920 × 1,120 pixels.
public struct JudgeSheets: Sendable {
    /// A sheet.
    public struct Made: Sendable {
        /// The file's content: a JPEG.
        public let bytes: [UInt8]
        /// The windows on it, from left to right and from top to bottom.
        public let windows: [Int]
    }

    /// Stills of a window: one of each quarter of it.
    static let stills = 4

    /// The longer side of a still in pixels, where the video is not smaller.
    public let longSide: Int
    /// Windows beside each other, and below each other.
    let (columns, rows): (Int, Int)

    private static let gap = 4
    private static let margin = 16
    /// The height of the line with number and time.
    private static let line = 28
    private static let grey: UInt8 = 28

    /// Plans sheets of a video.
    ///
    /// - Parameters:
    ///   - width: The width of its frames as they are shown, in square pixels.
    ///   - height: Their height.
    public init(width: Int, height: Int) {
        (columns, rows) = width < height ? (3, 4) : (2, 7)
        let across = (1900 - (columns + 1) * Self.margin) / columns
        let down = (1100 - Self.margin) / rows
        let room = (
            (across - (Self.stills - 1) * Self.gap) / Self.stills, down - Self.line - 2 * Self.gap
        )
        let scale = min(Double(room.0) / Double(max(1, width)), Double(room.1) / Double(max(1, height)))
        longSide = max(16, Int(scale * Double(max(width, height))))
    }

    /// Draws the sheets.
    ///
    /// - Parameters:
    ///   - windows: What is shown, in order.
    ///   - survey: The stills there are; where there is none of a part of a window, its place stays empty.
    ///   - colors: How their values are meant.
    /// - Returns: The sheets in order.
    /// - Throws: `MediaError`; `StillsError` where there is no still at all.
    public func draw(
        _ windows: [JudgeQuestion.Window],
        _ survey: FrameSurvey,
        colors: FrameColors
    ) throws -> [Made] {
        guard let first = try survey.entries.first?.picture() else { throw StillsError.noFrame }
        return try stride(from: 0, to: windows.count, by: columns * rows).map { start in
            let shown = Array(windows[start..<min(start + columns * rows, windows.count)])
            let sheet = try sheet(shown, survey, (first.width, first.height), white: colors.white)
            return Made(bytes: try StillWriter.bytes(sheet, colors, as: StillForm()), windows: shown.map(\.id))
        }
    }

    private func sheet(
        _ windows: [JudgeQuestion.Window],
        _ survey: FrameSurvey,
        _ size: (width: Int, height: Int),
        white: UInt8
    ) throws -> StillImage {
        let across = Self.stills * (size.width + Self.gap) - Self.gap + Self.margin
        let down = Self.line + size.height + 2 * Self.gap
        var sheet = StillImage(
            width: min(columns, windows.count) * across + Self.margin,
            height: (windows.count + columns - 1) / columns * down + Self.margin,
            grey: Self.grey
        )
        for (number, window) in windows.enumerated() {
            let (left, top) = (Self.margin + number % columns * across, Self.margin / 2 + number / columns * down)
            TimeStamp.write("\(window.id)", into: &sheet, x: left, y: top + 4, dot: 3, white: white)
            let time = ClockText.hoursMinutesSeconds(window.start.rounded(.down))
            let end = left + Self.stills * (size.width + Self.gap) - Self.gap - time.count * 12
            TimeStamp.write(time, into: &sheet, x: end, y: top + 9, dot: 2, white: white / 2 + Self.grey)
            for (place, range) in Self.parts(of: window).enumerated() {
                guard let picture = try survey.middle(of: range)?.picture(), picture.width == size.width,
                    picture.height == size.height
                else { continue }
                sheet.lay(picture, atX: left + place * (size.width + Self.gap), y: top + Self.line)
            }
        }
        return sheet
    }

    /// The quarters of a window, of each of which a still is wanted.
    static func parts(of window: JudgeQuestion.Window) -> [TimeRange] {
        (0..<stills).map { part in
            func moment(_ number: Int) -> MediaTime {
                let share = Double(number) / Double(stills)
                return MediaTime(seconds: window.start + (window.end - window.start) * share)
            }
            return TimeRange(start: moment(part), end: moment(part + 1))
        }
    }
}
