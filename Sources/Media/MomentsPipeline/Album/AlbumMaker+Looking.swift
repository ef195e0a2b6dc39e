internal import MomentsCore
internal import MomentsMedia
internal import MomentsSampling
internal import MomentsSystem

/// Looking at the videos of an album, each by itself.
extension AlbumMaker {
    /// Seconds of moments that are looked for in each video.
    private static let longestChoice = 15.0

    /// What is to be found of one of its videos, as a job of its own.
    private func job(of file: AlbumFile) -> JobSpec {
        var options = spec.options
        (options.segments, options.pin, options.ban) = ([], [], [])
        options.targetDuration = min(options.targetDuration, Self.longestChoice)
        return JobSpec(
            jobID: spec.jobID,
            source: file.path,
            name: file.name,
            staging: spec.staging,
            options: options,
            parts: file.parts,
            style: spec.style
        )
    }

    /// Finds what may be shown of a video, or why it is left out.
    func look(at file: AlbumFile, progress: (Double) -> Void) throws -> Video {
        let files = [file.path] + file.parts
        if let facts = AlbumFacts.load(of: files, in: spec.staging) { return Video(file: file, facts: facts) }
        let wasBegun = AlbumFacts.begin(files, in: spec.staging)
        if wasBegun, spec.isWary { return Video(file: file, trouble: Self.ended.message) }
        defer { AlbumFacts.end(files, in: spec.staging) }
        if file.isPhoto { return try look(atPhoto: file) }
        let own = job(of: file)
        do {
            let video = try ProbeStage.run(own, interrupt: interrupt) { progress(0.2 * $0) }
            let found = try AnalyzeStage.run(
                video.source,
                options: own.options,
                marks: video.marks,
                longestShot: own.longestShot,
                interrupt: interrupt,
                progress: { progress(0.2 + 0.8 * $0) }
            )
            let selection = try SelectStage.run(
                found.signals,
                options: own.options,
                marks: video.marks,
                longestShot: own.longestShot,
                name: file.name
            )
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
    func loss(of file: AlbumFile) -> JobError? {
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
    func leaveOutTwins(_ videos: inout [Video]) {
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
    static let ended = JobError(.workerCrashed, "the worker ended while it looked at it")
}
