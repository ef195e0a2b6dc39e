internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsSystem

/// One attempt at a reel that takes over the source's coded frames wherever that is exact.
final class SmartCutPass {
    private let path: FilePath
    private let plan: ReelPlan
    private let source: MediaSource
    private let pieces: SmartCutPlan
    private let reader: MediaReader
    private let audio: ReelAudio?
    private let writer: SmartCutWriter
    private let blender: ShotBlender
    private let progress: (Double) -> Void
    /// What was encoded for earlier reels, and is for later ones; nil where nothing is kept.
    private let kept: ReelPieces?
    private var edges: [ShotEdges]
    /// The last frame decoded.
    private var read = MediaTime(ticks: -1, timescale: 1)

    /// Plans the attempt and starts the file.
    ///
    /// - Parameters:
    ///   - plan: The reel.
    ///   - source: The video.
    ///   - path: The file.
    ///   - least: The share of frames below which encoding all of them is better.
    ///   - shelf: What was encoded for earlier reels of it; nil where nothing is kept.
    ///   - interrupt: Stops the work.
    ///   - progress: Told the share done.
    /// - Throws: `MediaError`, `unfit` where copying would not be exact or not worth it.
    init(
        _ plan: ReelPlan,
        of source: MediaSource,
        to path: FilePath,
        least: Double,
        from shelf: PieceShelf?,
        interrupt: Interrupt,
        progress: @escaping (Double) -> Void
    ) throws {
        self.path = path
        self.source = source
        self.progress = progress
        edges = plan.shots.map { _ in ShotEdges() }
        let copying = try StreamCopySource(source, interrupt: interrupt)
        var plan = plan
        let picture = FrameView(source.video.format)
        let overlays = plan.titles?.overlays(picture, shots: plan.shots, places: plan.places) ?? []
        // What is trimmed off a shot would have titles come late; and where there are some, its edges are seldom alone.
        if !overlays.isEmpty { plan.mayTrim = false }
        let pieces = try SmartCutPlan(plan, of: copying, painted: overlays.map(\.range))
        self.pieces = pieces
        plan.shots = pieces.shots.map(\.range)
        self.plan = plan
        if pieces.copiedShare <= 0 { throw MediaError.unfit("no complete group of pictures lies inside a shot") }
        if source.budget.isEncodingDear, source.video.codec == "hevc", pieces.encodedCount > Self.mostLarge {
            throw MediaError.unfit(
                "encoding \(pieces.encodedCount) pictures as large as its own would take too much memory"
            )
        }
        if pieces.copiedShare < least {
            throw MediaError.unfit("only \(Int(pieces.copiedShare * 100)) % of its pictures could be copied")
        }
        let preparing = BackgroundTask { [plan] in
            try ReelAudio.prepare(plan, source, beside: path, interrupt: interrupt)
        }
        reader = try MediaReader(source, tracks: .video, threads: source.budget.threads, interrupt: interrupt)
        blender = try ShotBlender(path.adding(suffix: ".pictures"))
        let encoder = try ReelAudio.encoder(plan, source)
        writer = try SmartCutWriter(
            path,
            copying: copying,
            delay: pieces.delay,
            audio: encoder,
            tags: plan.tags,
            chapters: plan.chapters,
            overlays: overlays
        )
        kept = ReelPieces(plan, source, from: shelf, writer.identity, painted: overlays.map(\.range))
        let prepared = try preparing.value()
        audio = encoder.flatMap { encoder in prepared.map { ReelAudio($0, encoder) } }
    }

    /// Writes the reel.
    ///
    /// - Parameter shotDone: Told the number of each finished shot.
    /// - Returns: The reel.
    /// - Throws: `MediaError`.
    func run(shotDone: (Int) -> Void) throws -> Reel {
        if let card = plan.opening {
            try writer.add(card, at: .zero)
        }
        let cards = writer.samples.count
        for (number, (shot, place)) in zip(plan.shots, plan.places).enumerated() {
            let offset = place.start - shot.start
            blender.begin(plan.transition(of: number))
            for piece in pieces.shots[number].pieces {
                switch piece {
                case .encoded(let range): try encode(range, of: number, movedBy: offset)
                case .copied(let entries): try copy(entries, movedBy: offset)
                }
            }
            shotDone(number + 1)
        }
        let wanted = pieces.shots.reduce(cards) { $0 + $1.writtenCount }
        if writer.samples.count != wanted {
            throw MediaError.unfit("\(wanted - writer.samples.count) pictures cannot be decoded")
        }
        if let card = plan.closing(for: source.video.format.displaySize) {
            try writer.add(card, at: plan.duration - card.duration)
        }
        try feed(until: .max)
        try writer.finish(at: plan.duration)
        progress(1)
        return Reel(
            path: path,
            duration: plan.duration,
            samples: writer.samples,
            shots: plan.written(copies: pieces.shots.map(\.copy), edges: edges, marks: audio?.marks),
            width: source.video.format.width,
            height: source.video.format.height,
            hasAudio: audio != nil,
            loudness: audio?.loudness,
            isLeveled: plan.loudness != nil,
            codec: source.video.codec,
            quality: .original
        )
    }

    /// Takes coded frames over, some seconds at a time, so that neither stream waits long for the other.
    private func copy(_ entries: Range<Int>, movedBy offset: MediaTime) throws {
        var next = entries.lowerBound
        while next < entries.upperBound {
            let portion = next..<min(entries.upperBound, next + Self.portion)
            try writer.copy(portion, from: entries.lowerBound, movedBy: offset)
            next = portion.upperBound
            let shown = MediaTime(timestamp: source.track.entries[next - 1].pts, base: source.video.timeBase)
            try advance(to: shown - source.origin + offset)
        }
    }

    /// Takes a segment that was encoded before, or decodes and encodes it like the source.
    private func encode(_ range: TimeRange, of number: Int, movedBy offset: MediaTime) throws {
        let known = kept?.keyOfPiece(range, of: number, last: pieces.shots[number].last)
        if let piece = known?.piece {
            if let first = piece.edges.first { edges[number].first = first }
            if let last = piece.edges.last { edges[number].last = last }
            return try writer.add(piece, at: range.start + offset) { time in try advance(to: time) }
        }
        let recorder = known?.recorder
        try writer.beginRun(at: range.start + offset, recorder)
        let own = try film(range, of: number, movedBy: offset)
        try writer.endRun()
        recorder?.keep(own)
    }

    /// Decodes a segment and encodes it.
    ///
    /// - Returns: How those of its frames look that are the first and the last of their shot.
    private func film(_ range: TimeRange, of number: Int, movedBy offset: MediaTime) throws -> ShotEdges {
        var (isFirst, own) = (true, ShotEdges())
        try reader.go(to: range.start, from: read)
        while case .video(let time, _) = try reader.next() {
            read = time
            if time < range.start { continue }
            if time >= range.end { break }
            let outcome = try reader.withFrame { frame in
                let outcome = try blender.apply(to: frame, at: time + offset)
                if outcome == .kept { return outcome }
                try writer.paintTitles(on: frame, at: time + offset)
                if isFirst, range.start == plan.shots[number].start { own.first = Self.sketch(frame) }
                if time == pieces.shots[number].last { own.last = Self.sketch(frame) }
                // The last that is seen of a shot is seen in the next one's frames.
                if outcome == .mixed { edges[number - 1].last = Self.sketch(frame) }
                try writer.add(frame, at: time + offset, isFirst: isFirst)
                return outcome
            }
            if outcome == .kept { continue }
            isFirst = false
            try advance(to: time + offset)
        }
        if let first = own.first { edges[number].first = first }
        if let last = own.last { edges[number].last = last }
        return own
    }

    private static func sketch(_ frame: borrowing Frame) -> FrameSketch {
        FrameSketch(frame, limit: ShotEdges.limit)
    }

    private func advance(to time: MediaTime) throws {
        try feed(until: time.timestamp(in: Rational(1, Int64(ReelWriter.audioRate))))
        progress(min(1, time.seconds / max(plan.duration.seconds, 0.001)))
    }

    private func feed(until sample: Int64) throws {
        try audio?.feed(until: sample) { packet in try writer.add(packet) }
    }

    /// How many frames are taken over before the audio follows.
    private static let portion = 100
    /// How many large frames are encoded without reference to each other, which takes little memory but many bytes.
    private static let mostLarge = 48
}
