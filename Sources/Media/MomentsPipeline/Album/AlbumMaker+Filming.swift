internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsSystem

/// Bringing an album's shots to one form.
extension AlbumMaker {
    /// Makes a file of one shot, in the reel's form.
    func take(
        _ shot: AlbumChoice.Shot,
        of video: Video,
        _ form: ReelForm,
        number: Int,
        to path: FilePath
    ) throws -> AlbumTake {
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
        let reel = try Renderer(plan, of: source, interrupt: interrupt).render(
            to: path,
            progress: { _ in },
            shotDone: { _ in }
        )
        return AlbumTake(
            shot: shot,
            path: path,
            range: reel.shots.first?.range ?? shot.candidate.range,
            length: reel.duration.seconds
        )
    }
}
