internal import MomentsBench
internal import MomentsCore

/// The reels of one clip that look at one plain figure only, made with ffmpeg.
struct NaiveReels {
    /// Where the picture changes most.
    let frameDifference: JudgedReel
    /// Where it is loudest.
    let loudness: JudgedReel

    /// Makes them.
    ///
    /// - Parameters:
    ///   - clip: The clip.
    ///   - interruption: Stops it.
    /// - Throws: `Failure` where there is no ffmpeg, it fails, or it finds no picture.
    init(_ clip: JudgedFolder.Clip, _ interruption: Interruption) throws(Failure) {
        let size = "\(NaiveChoice.width):\(NaiveChoice.height)"
        let filter = FilePath("fps=\(NaiveChoice.pictures),scale=\(size):flags=area,format=gray")
        let pictures = try Self.decode(clip.video, ["-map", "0:v:0", "-vf", filter, "-f", "rawvideo"], interruption)
        // Of a run that was cut short a reel could be made too, and would be beaten too easily.
        guard pictures.hasSucceeded, pictures.output.count >= NaiveChoice.width * NaiveChoice.height else {
            throw Failure("ffmpeg cannot decode the pictures of '\(clip.video.display)': \(pictures.complaint)")
        }
        let motion = NaiveChoice.motion(of: pictures.output)
        let rate = FilePath("\(NaiveChoice.rate)")
        let sound = try Self.decode(
            clip.video,
            ["-map", "0:a:0?", "-ac", "1", "-ar", rate, "-f", "s16le"],
            interruption
        )
        // Without sound ffmpeg gives nothing, and complains; nothing is as loud as silence.
        guard sound.hasSucceeded || sound.output.isEmpty else {
            throw Failure("ffmpeg cannot decode the sound of '\(clip.video.display)': \(sound.complaint)")
        }
        let levels = NaiveChoice.loudness(of: sound.output, count: motion.count)
        let truth = clip.truth
        frameDifference = NaiveChoice.reel(by: motion, target: truth.target, duration: truth.duration)
        loudness = NaiveChoice.reel(by: levels, target: truth.target, duration: truth.duration)
    }

    private static func decode(
        _ video: FilePath,
        _ words: [FilePath],
        _ interruption: Interruption
    ) throws(Failure) -> ToolRun {
        try ToolRun.run(
            ["ffmpeg", "-nostdin", "-v", "error", "-i", video] + words + ["-"],
            interruption,
            orElse: "install it (apt-get install ffmpeg); the reels to be beaten are made with it"
        )
    }
}
