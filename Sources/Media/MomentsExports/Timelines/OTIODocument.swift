internal import FoundationEssentials
internal import MomentsCore

/// A timeline as OpenTimelineIO writes it: one track of video, and one of audio where there is any.
///
/// Objects are written under the oldest schema that holds what there is to say, which every reader takes.
struct OTIODocument {
    private let timeline: EditTimeline

    init(_ timeline: EditTimeline) { self.timeline = timeline }

    func data() throws -> Data {
        var children = [track("Video")]
        if timeline.media.channels > 0 { children.append(track("Audio")) }
        return try MomentsJSON.document(
            object(
                "Timeline.1",
                [
                    "name": .text(timeline.title),
                    "global_start_time": time(0),
                    "tracks": object("Stack.1", ["name": .text("tracks"), "children": .list(children)]),
                ]
            )
        )
    }

    private func track(_ kind: String) -> JSONTree {
        var children: [JSONTree] = []
        if timeline.lead > 0 {
            children.append(object("Gap.1", ["name": .text("Card"), "source_range": range(0, timeline.lead)]))
        }
        for (index, clip) in timeline.clips.enumerated() {
            if clip.overlap > 0 { children.append(transition(clip)) }
            let next = timeline.clips.indices.contains(index + 1) ? timeline.clips[index + 1].overlap : 0
            // What a transition shows of a clip beyond its cut is no part of the clip.
            let start = clip.source.lowerBound + clip.overlap / 2
            let end = clip.source.upperBound - (next - next / 2)
            children.append(self.clip(clip, start, end - start, withMarks: kind == "Video"))
        }
        return object("Track.1", ["name": .text(kind), "kind": .text(kind), "children": .list(children)])
    }

    private func transition(_ clip: EditTimeline.Clip) -> JSONTree {
        object(
            "Transition.1",
            [
                "name": .text("Dissolve"),
                "transition_type": .text("SMPTE_Dissolve"),
                "in_offset": time(clip.overlap / 2),
                "out_offset": time(clip.overlap - clip.overlap / 2),
            ]
        )
    }

    private func clip(_ clip: EditTimeline.Clip, _ start: Int64, _ length: Int64, withMarks: Bool) -> JSONTree {
        let (media, mediaStart) = (timeline.medias[clip.media], timeline.start(of: clip.media))
        let reference = object(
            "ExternalReference.1",
            [
                "name": .text(media.title),
                "target_url": .text(media.url),
                "available_range": range(mediaStart, timeline.length(of: clip.media)),
            ]
        )
        var marks: [JSONTree] = []
        if withMarks {
            if !clip.note.isEmpty { marks.append(marker(clip.name, clip.note, mediaStart + start, length, "GREEN")) }
            marks += clip.marks.map {
                let length = $0.source.upperBound - $0.source.lowerBound
                let start = mediaStart + $0.source.lowerBound
                return marker($0.name, $0.note, start, length, $0.isChosen ? "GREEN" : "ORANGE")
            }
        }
        return object(
            "Clip.1",
            [
                "name": .text(clip.name),
                "source_range": range(mediaStart + start, length),
                "media_reference": reference,
                "markers": .list(marks),
            ]
        )
    }

    private func marker(_ name: String, _ note: String, _ start: Int64, _ length: Int64, _ color: String) -> JSONTree {
        object(
            "Marker.2",
            [
                "name": .text(name),
                "color": .text(color),
                "comment": .text(note),
                "marked_range": range(start, length),
            ]
        )
    }

    private func object(_ schema: String, _ members: [String: JSONTree]) -> JSONTree {
        .object(members.merging(["OTIO_SCHEMA": .text(schema), "metadata": .object([:])]) { $1 })
    }

    private func time(_ frames: Int64) -> JSONTree {
        .object([
            "OTIO_SCHEMA": .text("RationalTime.1"), "rate": .number(timeline.rate.rate.value), "value": .whole(frames),
        ])
    }

    private func range(_ start: Int64, _ length: Int64) -> JSONTree {
        .object(["OTIO_SCHEMA": .text("TimeRange.1"), "start_time": time(start), "duration": time(length)])
    }
}
