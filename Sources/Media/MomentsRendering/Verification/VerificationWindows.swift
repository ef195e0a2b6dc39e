internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// What of a reel is decoded to prove it.
struct VerificationWindows {
    /// Places of frames in the order shown, rising: each run is decoded by a decoder of its own.
    let runs: [[Range<Int>]]

    /// How much is decoded to each side of a join, in milliseconds.
    private static let around: Int64 = 1000
    /// How far decoding goes on behind a join it has come to, and to each side of other changes, in milliseconds.
    private static let beyond: Int64 = 200
    /// How many pictures before either at least, however long each is shown.
    private static let before = 8

    /// Plans: from each join on, as for somebody who starts there; over each join and each change between copied and
    /// encoded frames, as for somebody who comes from before.
    ///
    /// - Parameters:
    ///   - reel: The reel as its maker knows it.
    ///   - source: The reel as it was written.
    ///   - times: When each frame is shown, in ticks, rising.
    ///   - firsts: Each shot's first frame, among `times`.
    init(_ reel: Reel, _ source: MediaSource, times: [Int64], firsts: [Int]) {
        func ticks(_ milliseconds: Int64) -> Int64 {
            MediaTime(ticks: milliseconds, timescale: 1000).timestamp(in: source.video.timeBase)
        }
        func segment(_ place: Int, _ before: Int64, _ behind: Int64) -> Range<Int> {
            let (early, late) = (ticks(before), ticks(behind))
            return times.partitioned { $0 < times[place] - early }..<times.partitioned { $0 <= times[place] + late }
        }
        let starts = firsts.map { $0..<segment($0, 0, Self.around).upperBound }
        let copied = Set(reel.samples.filter(\.isCopied).map(\.shown))
        // A reel without copied frames is one stream of one encoder; it is decoded as people will see it.
        if copied.isEmpty {
            runs = times.isEmpty ? [] : ([0..<times.count] + starts.filter { $0.lowerBound > 0 }).map { [$0] }
            return
        }
        var transitions: [Range<Int>] = []
        for place in times.indices.dropFirst() {
            let isJoin = firsts.contains(place) || place == times.count - 1
            guard isJoin || copied.contains(times[place]) != copied.contains(times[place - 1]) else { continue }
            let near = segment(place, isJoin ? Self.around : Self.beyond, Self.beyond)
            let next = min(near.lowerBound, max(0, place - Self.before))..<near.upperBound
            if let last = transitions.last, next.lowerBound <= last.upperBound {
                transitions[transitions.count - 1] = last.lowerBound..<max(last.upperBound, next.upperBound)
            } else {
                transitions.append(next)
            }
        }
        let keyframes = source.track.entries.filter(\.isKeyframe).map(\.pts).sorted()
        runs = Self.joined(starts, transitions) { place in
            keyframes.last { $0 <= times[place] }.map { keyframe in
                keyframe == times[place] ? place : times.partitioned { $0 < keyframe }
            }
                ?? 0
        }
    }

    /// Has one decoder go on to a transition where it would begin anew at the same keyframe.
    private static func joined(_ starts: [Range<Int>], _ transitions: [Range<Int>], keyframe: (Int) -> Int) -> [[Range<
        Int
    >]] {
        var runs = starts.map { [$0] }
        for transition in transitions {
            let from = keyframe(transition.lowerBound)
            guard let run = runs.firstIndex(where: { $0.count == 1 && $0[0].lowerBound == from }) else {
                runs.append([transition])
                continue
            }
            let start = runs[run][0]
            runs[run] =
                transition.lowerBound <= start.upperBound
                ? [start.lowerBound..<max(start.upperBound, transition.upperBound)] : [start, transition]
        }
        return runs
    }
}

extension Array where Element == Int64 {
    /// The first place at which a condition does not hold any more, found by halving.
    fileprivate func partitioned(_ holds: (Int64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
