internal import MomentsCore

/// The words of a reel: cues cut with its shots, and moved to where it shows them.
public struct ReelCaptions: Hashable, Sendable {
    /// A shot of the reel.
    public struct Shot: Sendable {
        /// Where it begins in the video, in seconds.
        public let start: Double
        /// Where it ends in the video.
        public let end: Double
        /// Where it begins in the reel.
        public let place: Double

        /// Makes a shot.
        public init(start: Double, end: Double, place: Double) {
            self.start = start
            self.end = end
            self.place = place
        }
    }

    /// The cues on the reel's clock, in order.
    public let cues: [Cue]

    /// The shortest rest of a cue that is still shown, in seconds.
    private static let least = 0.15
    /// Letters of a line, about.
    private static let width = 42

    /// Cuts and moves.
    ///
    /// - Parameters:
    ///   - cues: On the video's clock, in order.
    ///   - shots: In the reel's order.
    public init(_ cues: [Cue], shots: [Shot]) {
        var shown: [Cue] = []
        for shot in shots {
            for cue in cues where cue.start < shot.end && shot.start < cue.end {
                var (from, to) = (max(cue.start, shot.start), min(cue.end, shot.end))
                guard to - from >= Self.least else { continue }
                // Words that are not heard are not shown.
                let isWhole = from - cue.start < 0.05 && cue.end - to < 0.05
                let words = cue.words.filter { word in
                    isWhole || cue.isMark
                        || (shot.start - Speech.grain <= word.start && word.start < shot.end - Speech.grain)
                }
                guard let first = words.first, let last = words.last else { continue }
                if !isWhole, !cue.isMark {
                    (from, to) = (max(from, first.start), min(to, max(last.end, from + Self.least)))
                }
                guard from < to else { continue }
                shown.append(
                    Cue(
                        start: shot.place + from - shot.start,
                        end: shot.place + to - shot.start,
                        text: words.map(\.text).joined(separator: " ")
                    )
                )
            }
        }
        self.cues = shown.sorted { $0.start < $1.start }
    }

    /// WebVTT: nothing in a text is markup, or an arrow.
    public var webVTT: String {
        cues.reduce(into: "WEBVTT\n") { text, cue in
            text += "\n\(ClockText.milliseconds(cue.start)) --> \(ClockText.milliseconds(cue.end))\n"
            text += Self.lines(cue.text).map(Self.escaped).joined(separator: "\n") + "\n"
        }
    }

    /// SubRip, which has no way of writing "<" that is no tag: other signs stand for it.
    public var subRip: String {
        cues.enumerated().reduce(into: "") { text, entry in
            func clock(_ seconds: Double) -> String {
                ClockText.milliseconds(seconds).replacing(".", with: ",")
            }
            let (number, cue) = entry
            text += "\(number + 1)\n\(clock(cue.start)) --> \(clock(cue.end))\n"
            let lines = Self.lines(cue.text).map {
                $0.replacing("<", with: "‹").replacing(">", with: "›").replacing("{", with: "(").replacing(
                    "}",
                    with: ")"
                )
            }
            text += lines.joined(separator: "\n") + "\n\n"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// A text in two lines, or as many as it needs.
    private static func lines(_ text: String) -> [String] {
        guard text.count > width else { return [text] }
        var lines = [""]
        for word in text.split(separator: " ") {
            if !lines[lines.count - 1].isEmpty, lines[lines.count - 1].count + word.count >= width { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines
    }
}
