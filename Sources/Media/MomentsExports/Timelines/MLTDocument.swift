internal import FoundationEssentials
internal import MomentsCore

/// A timeline as MLT's XML, which Shotcut, Kdenlive and melt open; positions are frames, the last one included.
struct MLTDocument {
    private let timeline: EditTimeline

    init(_ timeline: EditTimeline) { self.timeline = timeline }

    var data: Data {
        var root = XMLElement(
            "mlt",
            [("LC_NUMERIC", "C"), ("version", "7.0.0"), ("title", timeline.title), ("producer", "main")],
            [profile] + timeline.medias.indices.map(producer)
        )
        var playlist = XMLElement("playlist", [("id", "playlist0")], [property("shotcut:video", "1")])
        if timeline.lead > 0 { playlist.add(XMLElement("blank", [("length", "\(timeline.lead)")])) }
        for (index, clip) in timeline.clips.enumerated() {
            if clip.overlap > 0, index > 0 {
                root.add(mix(index, timeline.clips[index - 1], clip))
                playlist.add(entry("mix\(index)", 0, clip.overlap))
            }
            let next = timeline.clips.indices.contains(index + 1) ? timeline.clips[index + 1].overlap : 0
            let first = clip.source.lowerBound + clip.overlap
            let end = clip.source.upperBound - next
            // Two transitions may take all of a short clip.
            if end > first { playlist.add(entry(Self.name(clip.media), first, end)) }
        }
        root.add(playlist)
        root.add(tractor)
        return root.document()
    }

    private var profile: XMLElement {
        let media = timeline.media
        let isTurned = media.rotation == 90 || media.rotation == 270
        let (width, height) = isTurned ? (media.height, media.width) : (media.width, media.height)
        var pixel = media.pixelAspect.isPositive ? media.pixelAspect : Rational(1, 1)
        if isTurned { pixel = Rational(pixel.denominator, pixel.numerator) }
        let display = Rational(Int64(width) * pixel.numerator, Int64(max(1, height)) * pixel.denominator)
        return XMLElement(
            "profile",
            [
                ("description", "momentsd"), ("width", "\(width)"), ("height", "\(height)"), ("progressive", "1"),
                ("sample_aspect_num", "\(pixel.numerator)"), ("sample_aspect_den", "\(pixel.denominator)"),
                ("display_aspect_num", "\(display.numerator)"), ("display_aspect_den", "\(display.denominator)"),
                ("frame_rate_num", "\(timeline.rate.rate.numerator)"),
                ("frame_rate_den", "\(timeline.rate.rate.denominator)"),
                ("colorspace", height >= 720 || width >= 1280 ? "709" : "601"),
            ]
        )
    }

    private static func name(_ media: Int) -> String { media == 0 ? "source" : "source\(media)" }

    private func producer(_ number: Int) -> XMLElement {
        let (media, length) = (timeline.medias[number], timeline.length(of: number))
        return XMLElement(
            "producer",
            [("id", Self.name(number)), ("in", "0"), ("out", "\(length - 1)")],
            [
                property("length", "\(length)"),
                property("eof", "pause"),
                property("resource", media.path.text),
                property("mlt_service", "avformat-novalidate"),
                property("seekable", "1"),
                property("shotcut:caption", media.title),
            ]
        )
    }

    /// Two clips on together: the second comes in over the first, and so does what is heard.
    private func mix(_ number: Int, _ before: EditTimeline.Clip, _ clip: EditTimeline.Clip) -> XMLElement {
        let last = "\(clip.overlap - 1)"
        func track(_ media: Int, _ range: Range<Int64>) -> XMLElement {
            XMLElement(
                "track",
                [("producer", Self.name(media)), ("in", "\(range.lowerBound)"), ("out", "\(range.upperBound - 1)")]
            )
        }
        func transition(_ service: String, _ extra: [XMLElement]) -> XMLElement {
            let common = [property("a_track", "0"), property("b_track", "1"), property("mlt_service", service)]
            return XMLElement("transition", [("in", "0"), ("out", last)], common + extra)
        }
        return XMLElement(
            "tractor",
            [("id", "mix\(number)"), ("in", "0"), ("out", last)],
            [
                track(before.media, before.source.upperBound - clip.overlap..<before.source.upperBound),
                track(clip.media, clip.source.lowerBound..<clip.source.lowerBound + clip.overlap),
                transition("luma", []),
                transition("mix", [property("start", "-1"), property("accepts_blanks", "1")]),
            ]
        )
    }

    private var tractor: XMLElement {
        var markers = XMLElement("properties", [("name", "shotcut:markers")])
        var number = 0
        func mark(_ start: Int64, _ length: Int64, _ text: String, _ color: String) {
            markers.add(
                XMLElement(
                    "properties",
                    [("name", "\(number)")],
                    [
                        property("text", text), property("start", Self.clock(start, timeline.rate)),
                        property("end", Self.clock(start + max(0, length - 1), timeline.rate)),
                        property("color", color),
                    ]
                )
            )
            number += 1
        }
        for clip in timeline.clips {
            if !clip.note.isEmpty { mark(clip.record, clip.length, "\(clip.name): \(clip.note)", "#33aa55") }
            for inner in clip.marks {
                let start = clip.record + inner.source.lowerBound - clip.source.lowerBound
                let length = inner.source.upperBound - inner.source.lowerBound
                let text = "\(inner.name)\(inner.isChosen ? "" : " (near miss)"): \(inner.note)"
                mark(start, length, text, inner.isChosen ? "#33aa55" : "#dd8822")
            }
        }
        var main = XMLElement(
            "tractor",
            [("id", "main"), ("in", "0"), ("out", "\(max(1, timeline.length) - 1)")],
            [property("shotcut", "1")]
        )
        if number > 0 { main.add(markers) }
        main.add(XMLElement("track", [("producer", "playlist0")]))
        return main
    }

    private func entry(_ producer: String, _ start: Int64, _ end: Int64) -> XMLElement {
        XMLElement("entry", [("producer", producer), ("in", "\(start)"), ("out", "\(end - 1)")])
    }

    private func property(_ name: String, _ value: String) -> XMLElement {
        XMLElement("property", [("name", name)], text: value)
    }

    private static func clock(_ frames: Int64, _ rate: EditRate) -> String {
        ClockText.milliseconds(rate.time(of: frames).seconds)
    }
}
