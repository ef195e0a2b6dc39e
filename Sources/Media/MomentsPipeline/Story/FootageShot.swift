internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// A shot out of a video that is there: its pictures at a story's size and rate, filling its frame.
struct FootageShot {
    let form: StoryForm
    let interrupt: Interrupt
    /// What is laid over its pictures.
    var overlays: [Overlay] = []
    /// What of them is made unrecognizable; nil for nothing.
    var cover: FrameCover?

    /// Makes it.
    ///
    /// - Parameters:
    ///   - footage: What to show; where it ends too early, its last picture stays.
    ///   - frames: How many pictures there are to be.
    ///   - path: The clip's file.
    ///   - progress: Told the share done, 0–1.
    /// - Throws: `SourceProbe.Refusal` or `MediaError`.
    func make(_ footage: Footage, _ frames: Int, to path: FilePath, _ progress: (Double) -> Void) throws {
        let source = try SourceProbe.open(footage.path, interrupt: interrupt)
        let writer = try ClipWriter(path, form.clip, overlays: overlays, cover: cover)
        var count = 0
        try FrameFeed(source, width: form.clip.width, height: form.clip.height, interrupt: interrupt).forEach(
            from: footage.start,
            rate: form.clip.frameRate,
            count: frames
        ) { feed in
            try writer.add(feed)
            count += 1
            progress(Double(count) / Double(frames))
        }
        guard count == frames else { throw MediaError.unfit("it ends before it begins") }
        try writer.finish()
    }
}
