internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// Makes those unrecognizable in a story's shots whom nobody shall recognize, whoever made the shot.
struct ShotCover {
    let finder: CoverFinder
    let name: FilePath
    let interrupt: Interrupt

    /// Makes a shot anew with everybody covered, with more care until nobody is recognized.
    ///
    /// - Parameters:
    ///   - bare: The shot as it was made.
    ///   - frames: How many pictures it has.
    ///   - form: What they are like.
    ///   - overlays: What is laid over them afterwards.
    ///   - path: Where the covered one is put.
    ///   - progress: Told the share done, 0–1.
    /// - Throws: `JobError` of kind `VerificationFailed` where somebody is still recognized; nothing may be published then.
    func cover(
        _ bare: FilePath,
        _ frames: Int,
        _ form: StoryForm,
        _ overlays: [Overlay],
        to path: FilePath,
        _ progress: @escaping (Double) -> Void
    ) throws {
        let source = try SourceProbe.open(bare, interrupt: interrupt)
        let whole = TimeRange(start: .zero, end: source.duration)
        for care in CoverCare.all {
            let covers = try finder.covers(of: [whole], cuts: [], in: source, with: care) { progress(0.4 * $0) }
            let shot = FootageShot(form: form, interrupt: interrupt, overlays: overlays, cover: covers.first)
            let footage = Footage(path: bare, start: 0, duration: form.seconds(frames))
            try shot.make(footage, frames, to: path) { progress(0.4 + 0.3 * $0) }
            let shown = try SourceProbe.open(path, interrupt: interrupt)
            if try finder.exposure(in: shown, progress: { progress(0.7 + 0.3 * $0) }) == nil { return }
        }
        throw JobError(
            .verificationFailed,
            "Nothing was made of '\(name.display)', since with [Subjects] Blur=\(finder.blur.rawValue) somebody could still be "
                + "recognized in a shot; take its picture out, or allow everybody to be seen."
        )
    }
}
