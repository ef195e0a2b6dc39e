internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
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

    /// Makes the shots.
    ///
    /// - Parameters:
    ///   - progress: Told the share done, 0–1.
    ///   - beat: Called now and then besides: of thousands of videos a long one is next to nothing.
    /// - Returns: The shots, and the job that makes the reel of them.
    /// - Throws: `JobError` where not one video can be used; `MediaError` when the work was stopped.
    func make(progress: (Double) -> Void, beat: () -> Void) throws -> Album {
        var videos = try look(progress: { progress(0.6 * $0) }, beat: beat)
        leaveOutTwins(&videos)
        let clock = try clock(of: videos) { progress(0.6 + 0.1 * $0) }
        let choice = AlbumChoice(
            videos.enumerated().map { number, video in
                AlbumChoice.Video(
                    start: clock.starts[number],
                    group: clock.groups[number],
                    candidates: video.facts?.candidates ?? []
                )
            },
            seconds: spec.options.targetDuration,
            spec.options.album ?? AlbumOptions()
        )
        // What is shown larger beside itself could be recognized.
        let form = ReelForm(of: videos, choice, fillsSides: spec.options.subjects.blur == .off)
        let takes = try film(choice.shots, of: &videos, form) { progress(0.7 + 0.3 * $0) }
        guard !takes.isEmpty else {
            let reason =
                videos.first { $0.trouble != nil }.map { ": '\($0.file.name.display)': \($0.trouble ?? "")" } ?? ""
            throw JobError(
                .decodeFailed,
                "Of the \(videos.count) videos of the album '\(spec.name.display)' not one can be shown\(reason); put in others."
            )
        }
        let (all, leftOut) = (videos, choice.leftOut)
        return AlbumTelling(spec: spec, videos: all, clock: clock, leftOut: leftOut, form: form, takes: takes).album
    }

    private func look(progress: (Double) -> Void, beat: () -> Void) throws -> [Video] {
        var videos: [Video] = []
        for (number, file) in spec.album.enumerated() {
            var last = -1.0
            videos.append(
                try look(at: file) { share in
                    progress((Double(number) + share) / Double(spec.album.count))
                    guard abs(share - last) >= Self.step else { return }
                    last = share
                    beat()
                }
            )
        }
        return videos
    }

    /// Makes a file of each shot; a video of which one cannot be made is left out of it, with the reason.
    private func film(
        _ shots: [AlbumChoice.Shot],
        of videos: inout [Video],
        _ form: ReelForm,
        progress: (Double) -> Void
    ) throws -> [AlbumTake] {
        let folder = spec.staging.appending(Self.folder)
        try Folder.removeTree(folder)
        try Folder.make(folder)
        var takes: [AlbumTake] = []
        for (number, shot) in shots.enumerated() {
            let path = folder.appending(FilePath("\(number + 1).mp4"))
            let video = videos[shot.video]
            do {
                let begun = [video.file.path] + video.file.parts
                if AlbumFacts.begin(begun, in: spec.staging), spec.isWary { throw Self.ended }
                defer { AlbumFacts.end(begun, in: spec.staging) }
                takes.append(try take(shot, of: video, form, number: number, to: path))
            } catch {
                if interrupt.isRequested { throw error }
                if let loss = loss(of: video.file) { throw loss }
                // A disk that is full is no video's fault.
                if error is SystemError || (error as? MediaError)?.isOutOfSpace == true { throw error }
                videos[shot.video].trouble = (error as? JobError)?.message ?? "a moment of it cannot be decoded"
            }
            progress(Double(number + 1) / Double(shots.count))
        }
        return takes
    }
}
