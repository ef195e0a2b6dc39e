internal import FoundationEssentials
internal import MomentsCore

/// A timeline as a CMX 3600 edit decision list.
///
/// Each event begins on the record side where the last one ends; a dissolve is two lines, the first of no length.
struct EDLDocument {
    private let timeline: EditTimeline
    private let rate: EditRate

    init(_ timeline: EditTimeline) {
        self.timeline = timeline.forTimecode
        rate = self.timeline.rate
    }

    var data: Data {
        var lines = [
            "TITLE: \(Escaping.line(timeline.title))", "FCM: \(rate.isDropFrame ? "DROP FRAME" : "NON-DROP FRAME")", "",
        ]
        var number = 0
        func add(_ text: String) { lines.append("\(Self.digits(number))  \(text)") }
        if timeline.lead > 0 {
            number += 1
            add("BL       V     C        \(span(0, timeline.lead)) \(span(0, timeline.lead))")
        }
        for (index, clip) in timeline.clips.enumerated() {
            number += 1
            let media = timeline.medias[clip.media]
            let (reel, start) = (reel(media), timeline.start(of: clip.media) + clip.source.lowerBound)
            // A dissolve belongs to the event that comes, so that the one before it ends as it begins.
            let next = timeline.clips.indices.contains(index + 1) ? timeline.clips[index + 1].overlap : 0
            let length = clip.length - next
            if clip.overlap > 0, index > 0 {
                let before = timeline.clips[index - 1]
                let end = timeline.start(of: before.media) + before.source.upperBound - clip.overlap
                add(
                    "\(self.reel(timeline.medias[before.media])) \(channels) C        \(span(end, 0)) \(span(clip.record, 0))"
                )
                add(
                    "\(reel) \(channels) D    \(Self.digits(Int(clip.overlap))) \(span(start, length)) "
                        + span(clip.record, length)
                )
                lines.append("* FROM CLIP NAME: \(timeline.medias[before.media].title)")
                lines.append("* TO CLIP NAME: \(media.title)")
            } else {
                add("\(reel) \(channels) C        \(span(start, length)) \(span(clip.record, length))")
                lines.append("* FROM CLIP NAME: \(media.title)")
            }
            lines.append("* SOURCE FILE: \(Escaping.line(media.path.text))")
            lines.append("* COMMENT: \(Escaping.line(clip.note.isEmpty ? clip.name : "\(clip.name): \(clip.note)"))")
            lines += locators(clip)
        }
        return Data((lines + [""]).joined(separator: "\r\n").utf8)
    }

    /// Markers as Avid writes them, on the record's timecode.
    private func locators(_ clip: EditTimeline.Clip) -> [String] {
        let own = clip.note.isEmpty ? [] : [locator(clip.record, "GREEN", "\(clip.name): \(clip.note)")]
        return own
            + clip.marks.map { mark in
                locator(
                    clip.record + mark.source.lowerBound - clip.source.lowerBound,
                    mark.isChosen ? "GREEN" : "YELLOW",
                    "\(mark.name)\(mark.isChosen ? "" : " (near miss)"): \(mark.note)"
                )
            }
    }

    /// A mark; readers look for colons in its time, also where frames are dropped.
    private func locator(_ frame: Int64, _ color: String, _ text: String) -> String {
        "* LOC: \(rate.timecode(frame).replacing(";", with: ":")) \(color.padded(to: 7)) \(Escaping.line(text))"
    }

    private func span(_ start: Int64, _ length: Int64) -> String {
        "\(rate.timecode(start)) \(rate.timecode(start + length))"
    }

    private var channels: String { (timeline.media.channels > 0 ? "B" : "V").padded(to: 5) }

    /// The reel's name: eight letters and digits of the file's.
    private func reel(_ media: EditMedia) -> String {
        let plain = media.name.stem.text.uppercased().unicodeScalars.filter {
            ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        }
        let name = String(String.UnicodeScalarView(plain.prefix(8)))
        return (name.isEmpty || name == "BL" ? "AX" : name).padded(to: 8)
    }

    private static func digits(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 3 - text.count)) + text
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
