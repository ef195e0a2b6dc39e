internal import MomentsCore

/// The score over time as a drawing, with what was chosen and what nearly was.
struct ReportTimeline {
    private let facts: ReportFacts
    private let width = 1000.0
    private let height = 160.0

    init(_ facts: ReportFacts) { self.facts = facts }

    /// Adds the section; its tables say the same in words.
    func add(to page: inout HTML) {
        let duration = max(0.001, facts.duration.seconds)
        func x(_ time: MediaTime) -> Double { min(max(time.seconds / duration, 0), 1) * width }
        page.add("<section aria-labelledby=\"time-title\">\n<h2 id=\"time-title\">What each moment is worth</h2>\n")
        page.add("<p class=\"key\"><span class=\"chip chosen\">in the reel</span> ")
        page.add(
            "<span class=\"chip missed\">nearly chosen</span> <span class=\"chip scene\">a scene begins</span></p>\n"
        )
        let label =
            "The score over \(ClockText.hoursMinutesSeconds(facts.duration.seconds)): \(facts.shots.count) shots are in "
            + "the reel, \(facts.nearMisses.count) nearly were. The tables below say where."
        page.open(
            "svg",
            [
                ("id", "timeline"), ("viewBox", "0 0 1000 160"), ("preserveAspectRatio", "none"), ("role", "img"),
                ("aria-label", label),
            ]
        )
        for segment in facts.nearMisses { band(segment, "missed", x, &page) }
        for segment in facts.shots { band(segment, "chosen", x, &page) }
        if let path = curve { page.open("path", [("class", "curve"), ("d", path)]); page.close("path") }
        for scene in facts.scenes.dropFirst() {
            let place = Self.short(x(scene.range.start))
            page.open(
                "line",
                [("class", "scene"), ("x1", place), ("x2", place), ("y1", "0"), ("y2", "10")]
            )
            page.close("line")
        }
        page.close("svg")
        axis(duration, &page)
        page.add("</section>\n")
    }

    private func band(
        _ segment: ReportFacts.Segment,
        _ kind: String,
        _ x: (MediaTime) -> Double,
        _ page: inout HTML
    ) {
        let start = x(segment.range.start)
        page.open(
            "rect",
            [
                ("class", kind), ("x", Self.short(start)), ("y", "0"), ("height", "160"),
                // Half a pixel of a screen at least: a short shot of a long video must be seen.
                ("width", Self.short(max(2, x(segment.range.end) - start))),
            ]
        )
        let times =
            "\(ClockText.milliseconds(segment.range.start.seconds))–\(ClockText.milliseconds(segment.range.end.seconds))"
        page.add("title", [], "\(segment.name), \(times): \(segment.reasons.joined(separator: "; "))")
        page.close("rect")
    }

    /// The score as a line of at most 500 points; each the best of the seconds it stands for.
    private var curve: String? {
        guard facts.scores.count > 1, let highest = facts.scores.max(), highest > 0 else { return nil }
        let step = (facts.scores.count + 499) / 500
        let points = stride(from: 0, to: facts.scores.count, by: step).map { first in
            facts.scores[first..<min(first + step, facts.scores.count)].max() ?? 0
        }
        let scale = max(1, highest)
        let places = points.enumerated().map { index, score in
            let x = width * (Double(index) + 0.5) / Double(points.count)
            return "\(Self.short(x)) \(Self.short(height - score / scale * (height - 12)))"
        }
        return "M" + places.joined(separator: "L")
    }

    private func axis(_ duration: Double, _ page: inout HTML) {
        page.add("<div class=\"axis\" aria-hidden=\"true\">")
        for part in 0...4 {
            page.add("span", [], ClockText.hoursMinutesSeconds(duration * Double(part) / 4))
        }
        page.add("</div>\n")
    }

    private static func short(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}
