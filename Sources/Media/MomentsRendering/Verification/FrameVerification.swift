internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsSystem
internal import Synchronization

/// Decodes a reel around every place where something new begins, and looks at what stands there.
struct FrameVerification: Sendable {
    /// What came of it.
    struct Tally {
        /// Frames decoded, each counted once.
        var count = 0
        /// The shots' edges, in the reel's order.
        var joins: [Verification.Join] = []
    }

    /// Frames seen by all decoders so far.
    private final class Count: Sendable { let value = Mutex(0) }

    private let reel: Reel
    private let source: MediaSource
    private let original: MediaSource
    /// When each frame is shown, in ticks, rising.
    private let times: [Int64]
    /// For each shot the places of its first and last frame among `times`; nil for a shot without any.
    private let edges: [(first: Int, last: Int)?]

    init(_ reel: Reel, _ source: MediaSource, of original: MediaSource) {
        self.reel = reel
        (self.source, self.original) = (source, original)
        let times = reel.samples.map(\.shown).sorted()
        self.times = times
        let base = source.video.timeBase
        edges = reel.shots.map { shot in
            let (start, end) = (shot.place.start.timestamp(in: base), shot.place.end.timestamp(in: base))
            guard let first = times.firstIndex(where: { $0 >= start }), times[first] < end else { return nil }
            return (first, (times.firstIndex { $0 >= end } ?? times.count) - 1)
        }
    }

    func run(interrupt: Interrupt, progress: (Double) -> Void) throws(Finding) -> Tally {
        let windows = VerificationWindows(reel, source, times: times, firsts: edges.compactMap { $0?.first })
        // The longest first, so that no thread waits long for the other at the end.
        let runs = windows.runs.sorted { Self.extent($0) > Self.extent($1) }
        let copied = Set(reel.samples.filter(\.isCopied).map(\.shown))
        // Side by side; where one is most of it, it is shared by a decoder's own threads, and so are those of large
        // frames, of which two decoders would hold too many.
        let whole = runs.joined().reduce(0) { $0 + $1.count }
        let isLopsided = 2 * (runs.first.map(Self.extent) ?? 0) > runs.reduce(0) { $0 + Self.extent($1) }
        let isShared = isLopsided || !source.budget.allowsSideBySide
        let sideBySide = isShared ? 1 : Self.threads
        let seenCount = Count()
        let seen = try parallelMap(
            runs.count,
            threads: sideBySide,
            meanwhile: { progress(Double(seenCount.value.withLock { $0 }) / Double(max(1, whole))) },
            { (_, number) throws(Finding) in
                try watch(runs[number], copied, Self.threads / sideBySide, seenCount, interrupt)
            }
        )
        let sketches = try merged(seen)
        let joins = try joins(sketches)
        try settleDoubts(sketches, interrupt)
        return Tally(count: Set(runs.joined().joined()).count, joins: joins)
    }

    /// How many frames a decoder passes from the first to the last it looks at.
    private static func extent(_ run: [Range<Int>]) -> Int {
        (run.last?.upperBound ?? 0) - (run.first?.lowerBound ?? 0)
    }

    /// All sketches; of a frame that was decoded from several places on, each must show the same.
    private func merged(_ seen: [[Int: FrameSketch]]) throws(Finding) -> [Int: FrameSketch] {
        var sketches: [Int: FrameSketch] = [:]
        for (place, sketch) in seen.joined() {
            if let other = sketches[place] {
                try Finding.expect(
                    other.similarity(to: sketch) > Self.frozen,
                    "the reel's picture at \(time(place).seconds) s depends on where decoding starts"
                )
            }
            sketches[place] = sketch
        }
        return sketches
    }

    /// Decodes windows with one fresh decoder, and takes a sketch of each shot's edge in them.
    private func watch(
        _ windows: [Range<Int>],
        _ copied: Set<Int64>,
        _ threads: Int,
        _ count: Count,
        _ interrupt: Interrupt
    ) throws(Finding) -> [Int: FrameSketch] {
        var sketches: [Int: FrameSketch] = [:]
        let wanted = Set(edges.compactMap(\.self).flatMap { [$0.first, later($0), $0.last] })
        var next = 0
        do {
            let reader = try MediaReader(source, tracks: .video, threads: threads, interrupt: interrupt)
            reader.leaveUnfiltered(copied)
            for (number, window) in windows.enumerated() {
                if number > 0 {
                    reader.skipUnneeded(until: time(window.lowerBound))
                } else if window.lowerBound > 0 {
                    try reader.seek(to: time(window.lowerBound))
                }
                next = window.lowerBound
                while next < window.upperBound {
                    guard case .video(let shown, _) = try reader.next() else { break }
                    let tick = shown.timestamp(in: source.video.timeBase)
                    if tick < times[next] { continue }
                    if tick > times[next] { break }
                    if wanted.contains(next) {
                        sketches[next] = reader.withFrame { FrameSketch($0, limit: ShotEdges.limit) }
                    }
                    next += 1
                    count.value.withLock { $0 += 1 }
                }
                if next < window.upperBound { break }
            }
            if next == windows.last?.upperBound, reader.refusedPackets == 0 { return sketches }
        } catch { throw Finding(description: "the reel cannot be decoded (\(error))") }
        throw Finding(description: "the reel cannot be decoded at \(time(next).seconds) s")
    }

    private func time(_ place: Int) -> MediaTime {
        let tick = place < times.count ? times[place] : times.last ?? 0
        return MediaTime(timestamp: tick, base: source.video.timeBase) - source.origin
    }

    /// The place of a frame some time behind a shot's first one, but in the shot.
    private func later(_ edge: (first: Int, last: Int)) -> Int { min(edge.first + 8, edge.last) }

    /// Looks again at copied frames that are black, or the same as what was shown before a join or a while ago.
    private func settleDoubts(_ sketches: [Int: FrameSketch], _ interrupt: Interrupt) throws(Finding) {
        let copied = Set(reel.samples.filter(\.isCopied).map(\.shown))
        let doubt = JoinDoubt(reel, from: original, interrupt: interrupt)
        func isSame(_ one: Int?, _ other: Int) -> Bool {
            guard let one, one != other, let first = sketches[one], let second = sketches[other] else { return false }
            return first.similarity(to: second) > Self.frozen
        }
        var before: Int?
        for (number, edge) in edges.enumerated() {
            guard let edge else { continue }
            for place in Set([edge.first, later(edge), edge.last]) where copied.contains(times[place]) {
                let isFrozen =
                    place == edge.first ? isSame(before, place) : place != edge.last && isSame(edge.first, place)
                if sketches[place]?.isBlack == true {
                    try doubt.settle(number, at: time(place), in: source, "is black")
                } else if isFrozen {
                    try doubt.settle(number, at: time(place), in: source, "stands still")
                }
            }
            before = edge.last
        }
    }

    private static let threads = 2
    /// How alike an encoded edge must be to what was to be encoded: no eye sees a difference.
    private static let leastSimilarity = 0.97
    /// Two frames of a recording are never that alike, but those of a screen may be.
    private static let frozen = 0.9995

    private func joins(_ sketches: [Int: FrameSketch]) throws(Finding) -> [Verification.Join] {
        var joins: [Verification.Join] = []
        for (number, edge) in edges.enumerated() {
            guard let edge else { continue }
            let meant = reel.shots[number].edges
            let first = try compare(meant.first, sketches[edge.first], "first", number)
            let last = try compare(meant.last, sketches[edge.last], "last", number)
            joins.append(Verification.Join(time: time(edge.first).seconds, first: first, last: last))
        }
        return joins
    }

    /// How alike an edge is to what was meant; nil where it was copied.
    private func compare(
        _ meant: FrameSketch?,
        _ shown: FrameSketch?,
        _ which: String,
        _ number: Int
    ) throws(Finding) -> Double? {
        guard let meant else { return nil }
        let similarity = shown.map { meant.similarity(to: $0) } ?? 0
        try Finding.expect(
            similarity >= Self.leastSimilarity,
            "the \(which) picture of shot \(number + 1) is not the source's (likeness \(similarity))"
        )
        return similarity
    }
}
