internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// `report.html`: what was found and why, in one file that needs neither network nor script to be read.
///
/// With script it is also an editor that writes the request for another reel.
public struct ReportDocument: Sendable {
    private let facts: ReportFacts

    /// Makes a report of facts.
    public init(_ facts: ReportFacts) { self.facts = facts }

    /// The file.
    ///
    /// - Returns: `report.html`.
    /// - Throws: `EncodingError`.
    public func file() throws -> ExportedFile {
        var page = HTML()
        page.add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        let policy = ContentPolicy.text(style: ReportStyle.text, script: ReportScript.text)
        page.open("meta", [("http-equiv", "Content-Security-Policy"), ("content", policy)])
        page.add("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        page.add(
            "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        )
        page.add("title", [], "\(facts.title) – highlights")
        page.add("<style>")
        page.addVerbatim(ReportStyle.text)
        page.add("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the reel</a>\n")
        header(&page)
        page.add("<main id=\"main\">\n")
        reel(&page)
        troubles(&page)
        ReportTimeline(facts).add(to: &page)
        segments("Shots in the reel", "shots", facts.shots, &page)
        segments("Nearly chosen", "misses", facts.nearMisses, &page)
        page.add(ReportScript.editor)
        scenes(&page)
        table("The video", facts.technical, &page)
        table("The work", facts.work, &page)
        files(&page)
        page.add("</main>\n<footer><p>")
        page.add("span", [], "Made by momentsd \(Version.text).")
        page.add("</p></footer>\n<script type=\"application/json\" id=\"data\">")
        page.addVerbatim(try data())
        page.add("</script>\n<script>")
        page.addVerbatim(ReportScript.text)
        page.add("</script>\n</body>\n</html>\n")
        return ExportedFile(kind: "report", name: "report.html", data: Data(page.text.utf8))
    }

    private func header(_ page: inout HTML) {
        page.add("<header>\n")
        page.add("h1", [], facts.title)
        // What cards make longer than the video is no part of it.
        let whole = ClockText.hoursMinutesSeconds(facts.duration.seconds)
        let times =
            ClockText.hoursMinutesSeconds(facts.reelDuration.seconds)
            + (facts.reelDuration <= facts.duration ? " out of \(whole)" : "")
        let recorded = facts.capturedAt.map { ", recorded \($0.description.prefix(10))" } ?? ""
        page.add("p", [], "\(facts.name.text): \(times)\(recorded)")
        page.add("</header>\n")
    }

    private func reel(_ page: inout HTML) {
        page.add("<section aria-label=\"The reel\">\n")
        var attributes: [(StaticString, String)] = [
            ("src", facts.reel), ("controls", ""), ("preload", "metadata"), ("playsinline", ""),
        ]
        if let poster = facts.poster { attributes.append(("poster", poster)) }
        page.open("video", attributes)
        page.add("a", [("href", facts.reel)], "Open the reel")
        page.close("video")
        if !facts.further.isEmpty {
            page.add("<p>Also as")
            for shape in facts.further {
                page.add(" ")
                page.add("a", [("href", shape.value)], shape.label)
            }
            page.add("</p>\n")
        }
        page.add("</section>\n")
    }

    private func troubles(_ page: inout HTML) {
        guard !facts.troubles.isEmpty else { return }
        page.add("<section class=\"troubles\">\n<h2>Worth knowing</h2>\n<ul>\n")
        for trouble in facts.troubles { page.add("li", [], trouble) }
        page.add("</ul>\n</section>\n")
    }

    private func segments(_ title: String, _ id: String, _ segments: [ReportFacts.Segment], _ page: inout HTML) {
        guard !segments.isEmpty else { return }
        page.open("section", [("aria-labelledby", "\(id)-title")])
        page.add("h2", [("id", "\(id)-title")], title)
        page.add("<div class=\"wide\"><table class=\"stack\">\n<thead><tr><th scope=\"col\">Name</th>")
        page.add("<th scope=\"col\">From</th>")
        page.add(
            "<th scope=\"col\">To</th><th scope=\"col\">Score</th><th scope=\"col\">Why</th></tr></thead>\n<tbody>\n"
        )
        for segment in segments {
            page.add("<tr>")
            page.add("th", [("scope", "row")], segment.name)
            page.add("td", [], ClockText.milliseconds(segment.range.start.seconds))
            page.add("td", [], ClockText.milliseconds(segment.range.end.seconds))
            page.add("td", [], "\(Int((segment.score * 100).rounded()))")
            page.open("td")
            page.add(text: segment.reasons.joined(separator: "; "))
            if let words = segment.words { page.add("p", [], "“\(Self.cut(words))”") }
            page.close("td")
            page.add("</tr>\n")
        }
        page.add("</tbody>\n</table></div>\n</section>\n")
    }

    private func scenes(_ page: inout HTML) {
        guard !facts.scenes.isEmpty else { return }
        page.add("<section aria-labelledby=\"scenes-title\">\n")
        page.add("h2", [("id", "scenes-title")], "Scenes (\(facts.scenes.count))")
        page.add("<ol class=\"scenes\">\n")
        for (index, scene) in facts.scenes.enumerated() {
            page.add("<li><figure>")
            let start = ClockText.hoursMinutesSeconds(scene.range.start.seconds.rounded(.down))
            let alternative = "Scene \(index + 1), at \(start)"
            if let image = scene.image {
                let address = "data:\(scene.type);base64,\(image.base64EncodedString())"
                page.open("img", [("src", address), ("alt", alternative), ("loading", "lazy")])
            } else if let file = scene.file {
                page.open("img", [("src", file), ("alt", alternative), ("loading", "lazy")])
            }
            let length = (scene.range.duration.seconds * 10).rounded() / 10
            let began = index > 0 && scene.transition != "cut" ? ", \(scene.transition)" : ""
            page.add("figcaption", [], "\(index + 1) · \(start) · \(length) s · \(scene.importance)/10\(began)")
            if let description = scene.description { page.add("p", [], description) }
            if let words = scene.words { page.add("p", [], "“\(Self.cut(words))”") }
            page.add("</figure></li>\n")
        }
        page.add("</ol>\n</section>\n")
    }

    /// Words that a page has room for.
    private static func cut(_ words: String) -> String { words.count > 600 ? words.prefix(600) + "…" : words }

    private func table(_ title: String, _ rows: [ReportFacts.Row], _ page: inout HTML) {
        guard !rows.isEmpty else { return }
        page.add("<section>\n")
        page.add("h2", [], title)
        page.add("<div class=\"wide\"><table class=\"facts\"><tbody>\n")
        for row in rows {
            page.add("<tr>")
            page.add("th", [("scope", "row")], row.label)
            page.add("td", [], row.value)
            page.add("</tr>\n")
        }
        page.add("</tbody></table></div>\n</section>\n")
    }

    private func files(_ page: inout HTML) {
        guard !facts.files.isEmpty else { return }
        page.add("<section>\n<h2>Files</h2>\n<ul class=\"files\">\n")
        for file in facts.files {
            page.add("<li>")
            page.add("a", [("href", file)], file)
            page.add("</li>\n")
        }
        page.add("</ul>\n</section>\n")
    }

    /// What a request said beside lengths and moments, under the request's own keys: a new one is to say it again.
    private var kept: [String: JSONTree] {
        guard let asked = facts.asked else { return [:] }
        var kept: [String: JSONTree] = [
            "quality": .text(asked.quality.rawValue), "aspect": .text(asked.aspect.rawValue),
        ]
        if asked.aspects.count > 1 { kept["aspect"] = .list(asked.aspects.map { .text($0.rawValue) }) }
        // What a preset says of what no request can name, such as transitions, is so in the next reel too; where the
        // request said otherwise, that is said again, be it what is so without a preset.
        let isPreset = facts.preset != nil
        if let preset = facts.preset { kept["preset"] = .text(preset) }
        if let title = asked.title { kept["title"] = .text(title) }
        if !asked.want.isEmpty { kept["want"] = .list(asked.want.map { .text($0) }) }
        if !asked.avoid.isEmpty { kept["avoid"] = .list(asked.avoid.map { .text($0) }) }
        if asked.marks != .trust || isPreset { kept["marks"] = .text(asked.marks.rawValue) }
        if let voice = asked.voiceOver {
            kept["voice_over"] =
                switch voice {
                case .script: .yes
                case .text(let text): .text(text)
                }
            kept["language"] = .text(asked.language.rawValue)
            kept["style"] = .text(asked.style.rawValue)
        }
        if asked.learn != .folder || isPreset { kept["learn"] = .text(asked.learn.rawValue) }
        if asked.captions != .off || asked.voiceOver != nil || isPreset {
            kept["captions"] = .text(asked.captions.rawValue)
        }
        if let product = asked.product {
            kept["product_name"] = .text(product.name)
            kept["style"] = .text(product.style.rawValue)
            kept["cta_text"] = product.callToAction.map { .text($0) }
            kept["product_image"] = product.image.map { .text($0.text) }
        }
        return kept
    }

    /// What the editor starts from; nothing in it can end the element it stands in.
    private func data() throws -> String {
        func list(_ segments: [ReportFacts.Segment]) -> JSONTree {
            .list(
                segments.map {
                    .object([
                        "id": .text($0.name), "in": .number($0.range.start.exportedSeconds),
                        "out": .number($0.range.end.exportedSeconds),
                    ])
                }
            )
        }
        func ranges(_ ranges: [RequestedRange]?) -> JSONTree {
            .list((ranges ?? []).map { .object(["in": .number($0.start), "out": .number($0.end)]) })
        }
        let tree = JSONTree.object([
            "request": .text(ManifestName.request(of: facts.name).text),
            "duration": .number(facts.duration.exportedSeconds), "target": .number(facts.targetDuration),
            "shots": list(facts.shots), "misses": list(facts.nearMisses), "kept": .object(kept),
            "pins": ranges(facts.asked?.pin), "bans": ranges(facts.asked?.ban),
            "exact": .whole(facts.asked?.segments.isEmpty == false ? 1 : 0),
        ])
        let scalars = String(decoding: try MomentsJSON.line(tree), as: UTF8.self).unicodeScalars
        return scalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "<": text += "\\u003c"
            case ">": text += "\\u003e"
            case "&": text += "\\u0026"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
