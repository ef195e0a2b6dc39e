internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// The frames of a video as its index has them: in the file's order, each with its place among those shown.
struct FrameMap: Sendable {
    /// One for each entry of the index; the number of one that is never shown is -1.
    let frames: [CodedFrame]
    /// When the frames are shown.
    let times: FrameTimes
    /// The frames decoding can start at, by the order shown.
    var starts: [Int] { frames.lazy.filter { $0.isKeyframe && $0.number >= 0 }.map(\.number).sorted() }
    /// Why the index is not to be trusted, in plain words; nil where it is.
    let trouble: String?

    init(_ source: MediaSource) {
        let entries = source.track.entries
        let base = source.video.timeBase
        func time(_ entry: PacketIndex.Entry) -> MediaTime {
            MediaTime(timestamp: entry.pts, base: base) - source.origin
        }
        let shown = entries.indices.filter { !entries[$0].isDiscarded && time(entries[$0]) >= .zero }
            .sorted { entries[$0].pts < entries[$1].pts }
        var times = FrameTimes(timescale: max(1, base.denominator))
        var numbers = [Int](repeating: -1, count: entries.count)
        var repeats = 0
        for (number, index) in shown.enumerated() {
            numbers[index] = number
            if number > 0, entries[shown[number - 1]].pts == entries[index].pts { repeats += 1 }
            times.append(time(entries[index]))
        }
        times.finish(at: source.duration)
        frames = entries.indices.map { index in
            let entry = entries[index]
            return CodedFrame(
                seconds: time(entry).seconds,
                number: numbers[index],
                size: Int(entry.size),
                kind: entry.kind,
                isKeyframe: entry.isKeyframe
            )
        }
        self.times = times
        trouble =
            source.index.hasJumps
            ? "its clock jumps"
            : repeats > 0 || entries.contains { !$0.isTimed }
                ? "its pictures have no times of their own"
                : shown.first.map { time(entries[$0]) != .zero } ?? true
                    ? "its first picture is not where its index says"
                    : nil
    }
}
