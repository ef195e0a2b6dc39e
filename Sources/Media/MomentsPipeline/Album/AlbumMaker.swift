internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsExports
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSampling
internal import MomentsSelection
internal import MomentsSystem

/// Chooses the best of many videos, and brings each shot to one form, as a file of its own: what the reel is made of.
struct AlbumMaker {
    let spec: JobSpec
    let interrupt: Interrupt

    /// A video of the album, as far as it can be used.
    struct Video {
        let file: AlbumFile
        var facts: AlbumFacts?
        var trouble: String?
    }

    init(_ spec: JobSpec, interrupt: Interrupt) { (self.spec, self.interrupt) = (spec, interrupt) }

    /// The folder in staging in which the shots are.
    private static let folder: FilePath = ".album-shots"
    /// After which share of a video it is told again that the work goes on.
    private static let step = 0.05
    /// Names of videos that a sentence tells.
    private static let named = 5

    /// Makes the shots.
    ///
    /// - Parameters:
    ///   - progress: Told the share done, 0–1.
    ///   - beat: Called now and then besides: of thousands of videos a long one is next to nothing.
    /// - Returns: The shots, and the job that makes the reel of them.
    /// - Throws: `JobError` where not one video can be used; `MediaError` when the work was stopped.
    func make(progress: (Double) -> Void, beat: () -> Void) throws -> Album {
        var videos: [Video] = []
        for (number, file) in spec.album.enumerated() {
            var last = -1.0
            videos.append(
                try look(at: file) { share in
                    progress((Double(number) + share) / Double(spec.album.count) * 0.6)
                    guard abs(share - last) >= Self.step else { return }
                    last = share
                    beat()
                }
            )
        }
        leaveOutTwins(&videos)
        let clock = try clock(of: videos) { progress(0.6 + 0.1 * $0) }
        let options = spec.options.album ?? AlbumOptions()
        let choice = AlbumChoice(
            videos.enumerated().map { number, video in
                AlbumChoice.Video(
                    start: clock.starts[number],
                    group: clock.groups[number],
                    candidates: video.facts?.candidates ?? []
                )
            },
            seconds: spec.options.targetDuration,
            options
        )
        let form = form(of: videos, choice)
        var made: [(shot: AlbumChoice.Shot, path: FilePath, range: TimeRange, length: Double)] = []
        let folder = spec.staging.appending(Self.folder)
        try Folder.removeTree(folder)
        try Folder.make(folder)
        for (number, shot) in choice.shots.enumerated() {
            let path = folder.appending(FilePath("\(number + 1).mp4"))
            do {
                let video = videos[shot.video]
                let begun = [video.file.path] + video.file.parts
                if AlbumFacts.begin(begun, in: spec.staging), spec.isWary { throw Self.ended }
                defer { AlbumFacts.end(begun, in: spec.staging) }
                let reel = try render(shot, of: video, form, number: number, to: path)
                made.append((shot, path, reel.shots.first?.range ?? shot.candidate.range, reel.duration.seconds))
            } catch {
                if interrupt.isRequested { throw error }
                if let loss = loss(of: videos[shot.video].file) { throw loss }
                // A disk that is full is no video's fault.
                if error is SystemError || (error as? MediaError)?.isOutOfSpace == true { throw error }
                videos[shot.video].trouble = (error as? JobError)?.message ?? "a moment of it cannot be decoded"
            }
            progress(0.7 + 0.3 * Double(number + 1) / Double(choice.shots.count))
        }
        guard !made.isEmpty else {
            let reason =
                videos.first { $0.trouble != nil }.map { ": '\($0.file.name.display)': \($0.trouble ?? "")" } ?? ""
            throw JobError(
                .decodeFailed,
                "Of the \(videos.count) videos of the album '\(spec.name.display)' not one can be shown\(reason); put in others."
            )
        }
        return album(
            made.map { ($0.shot, $0.range) },
            videos,
            clock,
            choice,
            form,
            files: made.map(\.path),
            made.map(\.length)
        )
    }

    // MARK: - one form

    /// The size that most of the shots have, and the rate; upright ones stand in a lying picture, or the other way round.
    private func form(of videos: [Video], _ choice: AlbumChoice) -> ReelForm {
        var (sizes, rates): ([[Int]: Double], [Rational: Double]) = ([:], [:])
        // Photos come in every size; they take the form of the videos.
        for shot in choice.shots where !videos[shot.video].file.isPhoto {
            guard let facts = videos[shot.video].facts else { continue }
            let seconds = shot.candidate.range.duration.seconds
            sizes[[facts.width, facts.height], default: 0] += seconds
            rates[Self.rate(near: facts.rate), default: 0] += seconds
        }
        let size =
            sizes.max { ($0.value, $0.key[0] * $0.key[1]) < ($1.value, $1.key[0] * $1.key[1]) }?.key ?? [1920, 1080]
        let rate = rates.max { ($0.value, $0.key.value) < ($1.value, $1.key.value) }?.key ?? Rational(25, 1)
        let scale = min(1, 1920 / Double(max(size[0], size[1])), 1080 / Double(min(size[0], size[1])))
        func even(_ length: Int) -> Int { max(2, Int((Double(length) * scale / 2).rounded()) * 2) }
        return ReelForm(
            width: even(size[0]),
            height: even(size[1]),
            rate: rate,
            // What is shown larger beside itself could be recognized.
            fillsSides: spec.options.subjects.blur == .off
        )
    }

    /// The rate of films and cameras that is nearest; fast ones are shown half as often.
    private static func rate(near rate: Double) -> Rational {
        let known = [
            Rational(24, 1), Rational(25, 1), Rational(30_000, 1001), Rational(30, 1), Rational(50, 1),
            Rational(60_000, 1001), Rational(60, 1),
        ]
        guard rate > 0 else { return Rational(25, 1) }
        var slow = rate
        while slow > 61 { slow /= 2 }
        return known.min { abs($0.value - slow) < abs($1.value - slow) } ?? Rational(25, 1)
    }

    private func render(
        _ shot: AlbumChoice.Shot,
        of video: Video,
        _ form: ReelForm,
        number: Int,
        to path: FilePath
    ) throws -> Reel {
        var files = SourceFiles(video.file.path, followedBy: video.file.parts)
        let clip = path.parent.appending(".photo.mp4")
        defer { if video.file.isPhoto { try? Folder.removeFile(clip) } }
        if video.file.isPhoto {
            try AlbumPhoto(path: video.file.path).film(form, number: number, to: clip, interrupt: interrupt)
            files = SourceFiles(clip)
        }
        let source = try SourceProbe.open(files, interrupt: interrupt)
        var tags: [String: String] = [:]
        if let recorded = video.facts?.recorded {
            tags["creation_time"] = recorded.adding(seconds: shot.candidate.range.start.seconds).description
        }
        var plan = ReelPlan(
            shots: [form.whole(shot.candidate.range)],
            quality: .high,
            loudness: spec.options.loudness,
            tags: tags
        )
        plan.form = form
        return try Renderer(plan, of: source, interrupt: interrupt).render(
            to: path,
            progress: { _ in },
            shotDone: { _ in }
        )
    }

    // MARK: - telling

    private func album(
        _ shots: [(shot: AlbumChoice.Shot, range: TimeRange)],
        _ videos: [Video],
        _ clock: AlbumClock,
        _ choice: AlbumChoice,
        _ form: ReelForm,
        files: [FilePath],
        _ lengths: [Double]
    ) -> Album {
        var leftOut = choice.leftOut
        for (number, video) in videos.enumerated() {
            if let trouble = video.trouble { leftOut[number] = trouble }
        }
        var document = AlbumDocument(
            videos: videos.count,
            width: form.width,
            height: form.height,
            frameRate: form.rate,
            shots: shots.enumerated().map { number, shot in
                AlbumDocument.Shot(
                    shot: HighlightShot.name(number + 1),
                    file: videos[shot.shot.video].file.name,
                    start: shot.range.start.seconds,
                    end: shot.range.end.seconds,
                    score: min(1, shot.shot.candidate.score),
                    reasons: shot.shot.candidate.reasons,
                    recorded: clock.starts[shot.shot.video].map {
                        Timestamp(milliseconds: Int64(($0 + shot.range.start.seconds) * 1000))
                    }
                )
            },
            leftOut: leftOut.sorted { $0.key < $1.key }.map { .init(file: videos[$0.key].file.name, reason: $0.value) },
            clocks: videos.indices.filter { clock.groups[$0] != nil }.map { number in
                AlbumDocument.Clock(
                    file: videos[number].file.name,
                    recorded: clock.starts[number].map { Timestamp(milliseconds: Int64(($0 * 1000).rounded())) },
                    ahead: ((clock.ahead[number] ?? 0) * 100).rounded() / 100
                )
            }
        )
        if spec.options.album?.order != .best { document.shots = AlbumDays.marked(document.shots) }
        var place = 0.0
        var options = spec.options
        options.segments = lengths.map { length in
            defer { place += length }
            return RequestedRange(start: place, end: place + length)
        }
        let own = JobSpec(
            jobID: spec.jobID,
            source: files[0],
            name: spec.name,
            staging: spec.staging,
            options: options,
            lifeline: spec.lifeline,
            sandbox: spec.sandbox,
            models: spec.models,
            parts: Array(files.dropFirst()),
            picture: spec.picture,
            taste: spec.taste
        )
        return Album(
            spec: own,
            document: document,
            origins: shots.map { shot in
                let video = videos[shot.shot.video]
                return Album.Origin(
                    file: video.file,
                    start: shot.range.start.seconds,
                    duration: video.facts?.duration ?? shot.range.end.seconds
                )
            },
            notes: notes(document, videos)
        )
    }

    private func notes(_ document: AlbumDocument, _ videos: [Video]) -> [String] {
        let shown = Set(document.shots.map(\.file))
        var notes = [
            "\(document.shots.count) shots of \(shown.count) of \(document.videos) videos; album.json says which"
        ]
        for video in videos.filter({ $0.trouble != nil }).prefix(Self.named) {
            notes.append("'\(video.file.name.display)' was left out: \(video.trouble ?? "")")
        }
        for clock in document.clocks.filter({ $0.ahead != 0 }).prefix(Self.named) {
            let tenths = (clock.ahead * 10).rounded() / 10
            let sense = tenths < 0 ? "behind" : "ahead"
            notes.append("the clock of '\(clock.file.display)' is \(abs(tenths)) s \(sense) by its sound, which counts")
        }
        return notes
    }
}
