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
    private let spec: JobSpec
    private let interrupt: Interrupt

    /// A video of the album, as far as it can be used.
    private struct Video {
        let file: AlbumFile
        var facts: AlbumFacts?
        var trouble: String?
    }

    init(_ spec: JobSpec, interrupt: Interrupt) { (self.spec, self.interrupt) = (spec, interrupt) }

    /// The folder in staging in which the shots are.
    private static let folder: FilePath = ".album-shots"
    /// Seconds of moments that are looked for in each video.
    private static let longestChoice = 15.0
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

    // MARK: - looking

    private func look(at file: AlbumFile, progress: (Double) -> Void) throws -> Video {
        let files = [file.path] + file.parts
        if let facts = AlbumFacts.load(of: files, in: spec.staging) { return Video(file: file, facts: facts) }
        let wasBegun = AlbumFacts.begin(files, in: spec.staging)
        if wasBegun, spec.isWary { return Video(file: file, trouble: Self.ended.message) }
        defer { AlbumFacts.end(files, in: spec.staging) }
        if file.isPhoto { return try look(atPhoto: file) }
        var options = spec.options
        (options.segments, options.pin, options.ban) = ([], [], [])
        options.targetDuration = min(options.targetDuration, Self.longestChoice)
        let own = JobSpec(
            jobID: spec.jobID,
            source: file.path,
            name: file.name,
            staging: spec.staging,
            options: options,
            parts: file.parts
        )
        do {
            let video = try ProbeStage.run(own, interrupt: interrupt) { progress(0.2 * $0) }
            let found = try AnalyzeStage.run(
                video.source,
                options: options,
                marks: video.marks,
                interrupt: interrupt,
                progress: { progress(0.2 + 0.8 * $0) }
            )
            let selection = try SelectStage.run(found.signals, options: options, marks: video.marks, name: file.name)
            let facts = AlbumFacts(video, selection)
            facts.save(of: files, in: spec.staging)
            return Video(file: file, facts: facts)
        } catch {
            if interrupt.isRequested { throw error }
            if let loss = loss(of: file) { throw loss }
            let failure = JobError(error, as: ProbeStage.failure, of: file.name)
            return Video(file: file, trouble: failure.message)
        }
    }

    private func look(atPhoto file: AlbumFile) throws -> Video {
        do {
            let facts = try AlbumPhoto(path: file.path).look()
            facts.save(of: [file.path], in: spec.staging)
            return Video(file: file, facts: facts)
        } catch {
            if interrupt.isRequested || (error as? MediaError)?.isOutOfMemory == true { throw error }
            if let loss = loss(of: file) { throw loss }
            let reason = (error as? PictureFile.Refusal)?.description ?? "cannot be decoded"
            return Video(file: file, trouble: "the photo \(reason)")
        }
    }

    /// That a video is not there any more: perhaps none of them is, which is no reason for a reel of the rest.
    private func loss(of file: AlbumFile) -> JobError? {
        for path in [file.path] + file.parts {
            do { _ = try FileStatus.of(path) } catch {
                return JobError(
                    .readFailed,
                    "'\(file.name.display)' was taken away while the album '\(spec.name.display)' was made "
                        + "(\(error.reason)); it is made again of what is there.",
                    detail: error.description
                )
            }
        }
        return nil
    }

    /// Leaves out what is there twice: copies of a video, and photos of one moment but for the first.
    private func leaveOutTwins(_ videos: inout [Video]) {
        var known: [AlbumFacts: FilePath] = [:]
        var photos: [(number: Int, time: Double)] = []
        for number in videos.indices {
            guard let facts = videos[number].facts, !facts.candidates.isEmpty else { continue }
            if videos[number].file.isPhoto {
                if let time = facts.recorded { photos.append((number, Double(time.milliseconds) / 1000)) }
            } else if let twin = known.updateValue(known[facts] ?? videos[number].file.name, forKey: facts) {
                videos[number].facts = nil
                videos[number].trouble = "it is the same video as '\(twin.display)'"
            }
        }
        var last: (number: Int, time: Double)?
        for photo in photos.sorted(by: { ($0.time, $0.number) < ($1.time, $1.number) }) {
            defer { last = photo }
            guard let before = last, photo.time - before.time < AlbumPhoto.burst else { continue }
            videos[photo.number].facts = nil
            videos[photo.number].trouble = "a photo was taken a moment before"
        }
    }

    /// What an earlier worker ended at.
    private static let ended = JobError(.workerCrashed, "the worker ended while it looked at it")

    // MARK: - clocks

    /// How far clocks are off at most for sounds to be compared, in seconds.
    private static let astray = 300.0
    /// Pairs of videos whose sounds are compared.
    private static let mostPairs = 400
    /// Sound that is taken of each, in seconds.
    private static let longest = 900.0
    /// Sound that is taken of all, in seconds: memory is to stay the same however many there are.
    private static let mostSound = 40_000.0

    private func clock(of videos: [Video], progress: (Double) -> Void) throws -> AlbumClock {
        let times = videos.map { $0.facts?.recorded.map { Double($0.milliseconds) / 1000 } }
        var pairs: [(Int, Int)] = []
        for one in videos.indices where videos[one].facts?.hasAudio == true {
            for other in videos.indices.dropFirst(one + 1) where videos[other].facts?.hasAudio == true {
                guard let first = times[one], let second = times[other], pairs.count < Self.mostPairs else { continue }
                let (mine, theirs) = (videos[one].facts?.duration ?? 0, videos[other].facts?.duration ?? 0)
                if second < first + mine + Self.astray, first < second + theirs + Self.astray {
                    pairs.append((one, other))
                }
            }
        }
        var traces: [Int: SoundTrace] = [:]
        var heard = 0.0
        var links: [AlbumClock.Link] = []
        for (number, (one, other)) in pairs.enumerated() {
            for video in [one, other] where traces[video] == nil && heard < Self.mostSound {
                traces[video] = try trace(of: videos[video].file)
                heard += min(Self.longest, videos[video].facts?.duration ?? 0)
            }
            if let first = traces[one], let second = traces[other], let seconds = first.offset(of: second) {
                links.append(.init(one, other, seconds: seconds))
            }
            try interrupt.check("compare")
            progress(Double(number + 1) / Double(pairs.count))
        }
        return AlbumClock(times: times, links: links)
    }

    /// How loud a video is when; nothing where that cannot be heard.
    private func trace(of file: AlbumFile) throws -> SoundTrace {
        var trace = SoundTrace()
        do {
            let source = try SourceProbe.open(SourceFiles(file.path, followedBy: file.parts), interrupt: interrupt)
            let reader = try MediaReader(source, tracks: .audio, threads: 1, interrupt: interrupt)
            let converter = AudioConverter(rate: SoundTrace.sampleRate, channels: 1)
            var done = 0
            while case .audio(let time) = try reader.next(), time.seconds < Self.longest {
                let begin = try reader.withFrame { try converter.convert($0, time: time) }
                let place = Int((begin.seconds * Double(SoundTrace.sampleRate)).rounded())
                // A gap is silence; what comes twice, or before the first picture, is left out.
                if place > done + SoundTrace.sampleRate / 100 {
                    trace.add([Float](repeating: 0, count: min(place - done, SoundTrace.sampleRate * 60)))
                    done = place
                }
                let samples = converter.samples.dropFirst(max(0, done - place))
                trace.add(Array(samples))
                done += samples.count
            }
        } catch {
            if interrupt.isRequested { throw error }
        }
        return trace
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
