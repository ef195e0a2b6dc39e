internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// One attempt at a reel; ends with it, or with what has to be changed in the plan.
struct RenderPass {
    /// How an attempt ended.
    enum Course {
        case reel(Reel)
        /// Of the shot with this number only this segment can be decoded, perhaps nothing.
        case repair(Int, TimeRange)
    }

    /// What came of a shot.
    private struct Shown {
        /// When the source shows the first and the last frame taken; nil where none was.
        var taken: (first: MediaTime, last: MediaTime)?
        /// The last frame read, perhaps one behind the shot.
        var read: MediaTime
    }

    private let plan: ReelPlan
    private let source: MediaSource
    private let shelf: PieceShelf?
    private let interrupt: Interrupt

    init(_ plan: ReelPlan, of source: MediaSource, from shelf: PieceShelf?, interrupt: Interrupt) {
        self.plan = plan
        self.source = source
        self.shelf = shelf
        self.interrupt = interrupt
    }

    func run(
        to path: FilePath,
        progress: (Double) -> Void,
        shotDone: (Int) -> Void
    ) throws -> Course {
        let preparation = plan.preparation(of: source.video.format, frameRate: source.frameRate)
        let prepared = try ReelAudio.prepare(plan, source, beside: path, interrupt: interrupt)
        let encoder = try ReelAudio.encoder(plan, source)
        let light = preparation.purpose == .wideVideo ? try MasteringLight(source, interrupt: interrupt) : nil
        let window = plan.window(of: preparation)
        let size = (width: window?.width ?? preparation.width, height: window?.height ?? preparation.height)
        let picture = FrameView(preparation, window)
        let overlays = plan.titles?.overlays(picture, shots: plan.shots, places: plan.places) ?? []
        let writer = try ReelWriter(path, format(preparation, window, light), audio: encoder, overlays: overlays)
        let audio = encoder.flatMap { encoder in prepared.map { ReelAudio($0, encoder) } }
        let pieces = ReelPieces(plan, source, from: shelf, writer.identity, painted: overlays.map(\.range))
        if let card = plan.opening { try writer.add(card, at: .zero) }
        if let repair = try film(into: writer, pieces, audio, progress, shotDone) { return repair }
        if let card = plan.closing(for: size) {
            try writer.add(card, at: plan.duration - card.duration)
        }
        try audio?.feed(until: .max) { packet in try writer.add(packet) }
        try writer.finish()
        progress(1)
        return .reel(
            Reel(
                path: path,
                duration: plan.duration,
                samples: writer.samples,
                shots: plan.written(
                    copies: plan.shots.map { _ in .none },
                    edges: plan.shots.indices.map { writer.edges[$0] ?? ShotEdges() },
                    marks: audio?.marks
                ),
                width: size.width,
                height: size.height,
                hasAudio: audio != nil,
                loudness: audio?.loudness,
                isLeveled: plan.loudness != nil,
                codec: preparation.purpose == .wideVideo ? "hevc" : "h264",
                quality: plan.quality == .auto ? .high : plan.quality
            )
        )
    }

    /// Decodes and encodes all shots, or takes them as they were encoded before.
    ///
    /// - Returns: What has to be changed in the plan; nil for nothing.
    private func film(
        into writer: ReelWriter,
        _ pieces: ReelPieces?,
        _ audio: ReelAudio?,
        _ progress: (Double) -> Void,
        _ shotDone: (Int) -> Void
    ) throws -> Course? {
        let reader = try MediaReader(source, tracks: .video, threads: source.budget.threads, interrupt: interrupt)
        var read = MediaTime(ticks: -1, timescale: 1)
        for (number, (shot, place)) in zip(plan.shots, plan.places).enumerated() where shot.duration > .zero {
            let kept = pieces?.keyOfShot(number)
            if let piece = kept?.piece {
                try writer.add(piece, as: number, at: place) { time in try advance(to: time, writer, audio, progress) }
                shotDone(number + 1)
                continue
            }
            // The frame read last is gone: a shot that starts with it must be sought.
            try reader.go(to: shot.start, from: read)
            let recorder = kept?.recorder
            try writer.beginShot(number, plan.transition(of: number), recorder)
            let shown = try show(shot, at: place, from: reader, into: writer, audio, progress)
            read = shown.read
            let left = decodable(of: shot, shown)
            if left != shot { return .repair(number, left) }
            try writer.endShot(at: place.end - plan.overlap(behind: number))
            if let edges = writer.edges[number] { recorder?.keep(edges) }
            shotDone(number + 1)
        }
        return nil
    }

    private func format(
        _ preparation: FramePreparation,
        _ window: CropWindow?,
        _ light: MasteringLight?
    ) -> ReelWriter.Format {
        var format = ReelWriter.Format(
            preparation: preparation,
            window: window,
            covers: zip(plan.covers ?? [], zip(plan.shots, plan.places)).map { cover, ranges in
                cover.shifted(by: ranges.1.start.seconds - ranges.0.start.seconds)
            },
            sourceBase: plan.form?.base ?? source.video.timeBase,
            frameRate: plan.form?.rate ?? source.frameRate,
            source: source.video.format,
            light: light,
            rateFactor: plan.rateFactor,
            edgeGain: plan.edgeGain,
            preset: "veryfast",
            tags: plan.tags,
            chapters: plan.chapters
        )
        format.shortest = plan.form == nil ? shortest : nil
        return format
    }

    /// How long the shortest frame of all shots is shown; nil where none has two.
    private var shortest: MediaTime? {
        let base = source.video.timeBase
        var least: Int64?
        for shot in plan.shots where shot.duration > .zero {
            let start = (shot.start + source.origin).timestamp(in: base)
            let end = (shot.end + source.origin).timestamp(in: base)
            let times = source.track.entries.lazy.filter { !$0.isDiscarded && $0.pts >= start && $0.pts < end }
                .map(\.pts).sorted()
            for (time, next) in zip(times, times.dropFirst() + [end]) where next > time {
                least = min(least ?? .max, next - time)
            }
        }
        return least.map { MediaTime(timestamp: $0, base: base) }
    }

    /// Decodes one shot's frames and encodes them at their place in the reel, audio alongside.
    private func show(
        _ shot: TimeRange,
        at place: TimeRange,
        from reader: MediaReader,
        into writer: ReelWriter,
        _ audio: ReelAudio?,
        _ progress: (Double) -> Void
    ) throws -> Shown {
        var shown = Shown(taken: nil, read: shot.start)
        var pictures: Int64 = 0
        while case .video(let time, let duration) = try reader.next() {
            shown.read = time
            if time < shot.start { continue }
            if time >= shot.end { break }
            // A shot's first frame is there from its start: the reel never begins with nothing.
            let moved = shown.taken == nil ? place.start : time - shot.start + place.start
            let end = min(moved + duration, place.end)
            if let form = plan.form {
                // As often as the form has it while this picture is on, and never behind the shot.
                let last = min(time - shot.start + max(duration, source.pictureTime), shot.duration)
                while form.time(of: pictures) < last {
                    let (first, next) = (form.time(of: pictures), form.time(of: pictures + 1))
                    try reader.withFrame { try writer.add($0, at: place.start + first, until: place.start + next) }
                    pictures += 1
                }
            } else {
                try reader.withFrame { frame in try writer.add(frame, at: moved, until: end) }
            }
            shown.taken = (shown.taken?.first ?? time, time)
            try advance(to: moved, writer, audio, progress)
        }
        return shown
    }

    /// Adds the audio until a moment of the reel, and tells how far it is.
    private func advance(
        to time: MediaTime,
        _ writer: ReelWriter,
        _ audio: ReelAudio?,
        _ progress: (Double) -> Void
    ) throws {
        try audio?.feed(until: time.timestamp(in: Rational(1, Int64(ReelWriter.audioRate)))) {
            packet in try writer.add(packet)
        }
        progress(time.seconds / max(plan.duration.seconds, 0.001))
    }

    /// The part of a shot between what damage took at its edges; the whole where nothing, or next to nothing, is
    /// missing.
    private func decodable(of shot: TimeRange, _ shown: Shown) -> TimeRange {
        guard let taken = shown.taken else { return TimeRange(start: shot.start, end: shot.start) }
        var (start, end) = (shot.start, shot.end)
        let isLate = taken.first - start > Self.tolerated || end - taken.last > Self.tolerated
        guard isLate else { return shot }
        // A frame may just be shown for long; only where the file promises others, they are lost.
        for entry in source.track.entries where !entry.isDiscarded {
            let time = MediaTime(timestamp: entry.pts, base: source.video.timeBase) - source.origin
            if time >= shot.start, time < taken.first, taken.first - shot.start > Self.tolerated { start = taken.first }
            if time > taken.last, time < end, shot.end - taken.last > Self.tolerated { end = time }
        }
        return TimeRange(start: start, end: end)
    }

    /// What may be missing at a shot's edge: a frame stands that long without looking frozen.
    private static let tolerated = MediaTime(ticks: 1, timescale: 4)
}

extension MediaSource {
    /// About how long a picture is shown.
    fileprivate var pictureTime: MediaTime {
        frameRate.isPositive ? MediaTime(ticks: frameRate.denominator, timescale: frameRate.numerator) : .zero
    }
}
