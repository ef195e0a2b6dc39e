internal import FoundationEssentials
internal import MomentsCore

/// A timeline as Final Cut Pro's XML, version 1.9: every time is a whole number of the timeline's frames.
struct FCPXMLDocument {
    private let timeline: EditTimeline
    private let rate: EditRate

    init(_ timeline: EditTimeline) {
        self.timeline = timeline
        rate = timeline.rate
    }

    var data: Data {
        let media = timeline.media
        var sequence = XMLElement(
            "sequence",
            [
                ("format", "r1"), ("duration", time(timeline.length)), ("tcStart", "0s"), ("tcFormat", timecodeFormat),
            ]
        )
        if media.channels > 0 {
            sequence.set("audioLayout", media.channels == 1 ? "mono" : media.channels == 2 ? "stereo" : "surround")
            sequence.set("audioRate", Self.audioRates[media.sampleRate] ?? "48k")
        }
        sequence.add(spine)
        let project = XMLElement("project", [("name", timeline.title)], [sequence])
        let library = XMLElement("library", [], [XMLElement("event", [("name", "momentsd")], [project])])
        return XMLElement(
            "fcpxml",
            [("version", "1.9")],
            [XMLElement("resources", [], [format] + timeline.medias.indices.map(asset)), library]
        )
        .document(doctype: "fcpxml")
    }

    private static let audioRates = [32_000: "32k", 44_100: "44.1k", 48_000: "48k", 88_200: "88.2k", 96_000: "96k"]

    private var timecodeFormat: String { rate.isDropFrame ? "DF" : "NDF" }

    private var format: XMLElement {
        let media = timeline.media
        let isTurned = media.rotation == 90 || media.rotation == 270
        var format = XMLElement(
            "format",
            [
                ("id", "r1"), ("frameDuration", time(1)), ("width", "\(isTurned ? media.height : media.width)"),
                ("height", "\(isTurned ? media.width : media.height)"),
            ]
        )
        if media.pixelAspect.isPositive, media.pixelAspect != Rational(1, 1) {
            let (across, down) = (media.pixelAspect.numerator, media.pixelAspect.denominator)
            format.set("paspH", "\(isTurned ? down : across)")
            format.set("paspV", "\(isTurned ? across : down)")
        }
        return format
    }

    private func asset(_ number: Int) -> XMLElement {
        let media = timeline.medias[number]
        var asset = XMLElement(
            "asset",
            [
                ("id", "r\(number + 2)"), ("name", media.title), ("start", time(timeline.start(of: number))),
                ("duration", time(timeline.length(of: number))), ("hasVideo", "1"), ("format", "r1"),
            ]
        )
        if media.channels > 0 {
            asset.set("hasAudio", "1")
            asset.set("audioSources", "1")
            asset.set("audioChannels", "\(media.channels)")
            asset.set("audioRate", "\(media.sampleRate)")
        }
        asset.add(XMLElement("media-rep", [("kind", "original-media"), ("src", media.url)]))
        return asset
    }

    private var spine: XMLElement {
        var spine = XMLElement("spine")
        if timeline.lead > 0 {
            spine.add(
                XMLElement(
                    "gap",
                    [("name", "Card"), ("offset", "0s"), ("start", "0s"), ("duration", time(timeline.lead))]
                )
            )
        }
        for (index, clip) in timeline.clips.enumerated() {
            if clip.overlap > 0 {
                spine.add(
                    XMLElement(
                        "transition",
                        [("name", "Cross Dissolve"), ("offset", time(clip.record)), ("duration", time(clip.overlap))]
                    )
                )
            }
            let next = timeline.clips.indices.contains(index + 1) ? timeline.clips[index + 1].overlap : 0
            spine.add(assetClip(clip, next: next))
        }
        return spine
    }

    private func assetClip(_ clip: EditTimeline.Clip, next: Int64) -> XMLElement {
        let mediaStart = timeline.start(of: clip.media)
        let start = clip.source.lowerBound + clip.overlap / 2
        let length = clip.source.upperBound - (next - next / 2) - start
        var element = XMLElement(
            "asset-clip",
            [
                ("ref", "r\(clip.media + 2)"), ("offset", time(clip.cut)), ("name", clip.name),
                ("start", time(mediaStart + start)), ("duration", time(length)), ("format", "r1"),
                ("tcFormat", timecodeFormat),
            ]
        )
        if !clip.note.isEmpty {
            element.add(XMLElement("note", text: clip.note))
            element.add(marker(clip.name, clip.note, mediaStart + start, length))
        }
        for mark in clip.marks {
            let name = mark.isChosen ? mark.name : "\(mark.name) (near miss)"
            element.add(
                marker(
                    name,
                    mark.note,
                    mediaStart + mark.source.lowerBound,
                    mark.source.upperBound - mark.source.lowerBound
                )
            )
        }
        return element
    }

    private func marker(_ name: String, _ note: String, _ start: Int64, _ length: Int64) -> XMLElement {
        var marker = XMLElement("marker", [("start", time(start)), ("duration", time(length))])
        marker.set("value", name)
        if !note.isEmpty { marker.set("note", note) }
        return marker
    }

    /// So many frames as a fraction of seconds: "1001/30000s", "5s".
    private func time(_ frames: Int64) -> String {
        let time = rate.time(of: frames)
        let fraction = Rational(time.ticks, time.timescale)
        return fraction.denominator == 1 ? "\(fraction.numerator)s" : "\(fraction)s"
    }
}
