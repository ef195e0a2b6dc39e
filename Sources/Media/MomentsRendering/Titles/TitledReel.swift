internal import MomentsAnalysis
internal import MomentsCore

/// A reel, as far as what lies under its titles goes.
struct TitledReel {
    /// What its frames show of the source's.
    let view: FrameView
    private let shots: [TimeRange]
    private let places: [TimeRange]

    init(_ view: FrameView, shots: [TimeRange], places: [TimeRange]) {
        (self.view, self.shots, self.places) = (view, shots, places)
    }

    /// From the first shot's start to the last one's end, on the reel's clock; nil where it shows nothing.
    var body: TimeRange? {
        let shown = places.filter { $0.duration > .zero }
        guard let first = shown.first, let last = shown.last else { return nil }
        return TimeRange(start: first.start, end: last.end)
    }

    /// Moments of a stretch of the reel, a few a second: which shot each lies in, and when the source shows it.
    func moments(of range: TimeRange) -> [(shot: Int, reel: MediaTime, source: MediaTime)] {
        let step = MediaTime(ticks: 1, timescale: 5)
        var (time, moments) = (range.start, [(Int, MediaTime, MediaTime)]())
        while time < range.end {
            if let shot = places.lastIndex(where: { $0.contains(time) }) {
                moments.append((shot, time, time - places[shot].start + shots[shot].start))
            }
            time = time + step
        }
        return moments
    }

    /// The pictures of the source that a stretch of the reel shows, and which part of each lies under a part of its
    /// frames; where none lies in it, the nearest ones of its shots.
    func parts(of box: Box, in range: TimeRange, _ grounds: [GroundFrame]) -> [(picture: GroundFrame, box: Box)] {
        var (inside, near) = ([(GroundFrame, Box)](), [(GroundFrame, Box)]())
        for (number, place) in places.enumerated() where place.intersection(range) != nil {
            for picture in grounds where shots[number].contains(picture.time) {
                let time = picture.time - shots[number].start + place.start
                let part = (picture, view.source(of: box, shot: number, at: time.seconds))
                if range.contains(time) { inside.append(part) } else { near.append(part) }
            }
        }
        return inside.isEmpty ? near : inside
    }
}
