internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// The pictures of a video as its index has them: in the file's order, each with its place among those shown.
struct PictureMap: Sendable {
    /// One for each entry of the index; the number of one that is never shown is -1.
    let pictures: [CodedPicture]
    /// When the pictures are shown.
    let times: PictureTimes
    /// The pictures decoding can start at, by the order shown.
    var starts: [Int] { pictures.lazy.filter { $0.isKey && $0.number >= 0 }.map(\.number).sorted() }
    /// Why the index is not to be trusted, in plain words; nil where it is.
    let trouble: String?

    init(_ source: MediaSource) {
        let entries = source.track.entries
        let base = source.video.timeBase
        func time(_ entry: PacketIndex.Entry) -> MediaTime {
            MediaTime(timestamp: entry.presentation, base: base) - source.origin
        }
        let shown = entries.indices.filter { !entries[$0].isDiscarded && time(entries[$0]) >= .zero }
            .sorted { entries[$0].presentation < entries[$1].presentation }
        var times = PictureTimes(timescale: max(1, base.denominator))
        var numbers = [Int](repeating: -1, count: entries.count)
        var repeats = 0
        for (number, index) in shown.enumerated() {
            numbers[index] = number
            if number > 0, entries[shown[number - 1]].presentation == entries[index].presentation { repeats += 1 }
            times.append(time(entries[index]))
        }
        times.finish(at: source.duration)
        pictures = entries.indices.map { index in
            let entry = entries[index]
            return CodedPicture(
                seconds: time(entry).seconds,
                number: numbers[index],
                size: Int(entry.size),
                kind: entry.kind,
                isKey: entry.isKey
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
