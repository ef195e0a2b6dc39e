internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsStoryboard
internal import MomentsSystem

/// Lays a voice over a reel, in each of its shapes: its own sound is taken back while somebody speaks; not one picture is touched.
struct VoiceMix {
    /// What came of it.
    struct Spoken {
        let files: [StagedFile]
        /// How long the reel is now, in seconds.
        let duration: Double
    }

    /// What a file says of its own kind, which is said anew.
    private static let brands: Set<String> = ["major_brand", "minor_version", "compatible_brands", "encoder"]

    private let spec: JobSpec
    private let voice: VoiceTrack
    private let interrupt: Interrupt

    init(_ spec: JobSpec, _ voice: VoiceTrack, interrupt: Interrupt) {
        (self.spec, self.voice, self.interrupt) = (spec, voice, interrupt)
    }

    /// Mixes, and reads back what came of it.
    ///
    /// - Parameters:
    ///   - reels: The reel in each of its shapes; at least one.
    ///   - steps: Runs the stage.
    /// - Returns: What is beside the reels now, and how long the first one is.
    /// - Throws: `JobError` of kind `VerificationFailed`, or `MediaError`.
    func lay(over reels: [Reel], _ steps: StageRunner) throws -> Spoken {
        try steps.run(.compositing, failure: StoryWork.failure("put together")) { progress in
            let lengths = try reels.enumerated().map { number, reel in
                try lay(over: reel) { progress((Double(number) + $0) / Double(reels.count)) }
            }
            let text = VoiceCaptions.webVTT(voice.sentences)
            let staging = StagingFolder(spec.staging)
            return Spoken(
                files: [try staging.write("captions", VoiceCaptions.fileName, text.utf8)],
                duration: lengths[0]
            )
        }
    }

    /// How long a reel is once the voice is laid over it, in seconds.
    private func lay(over reel: Reel, _ progress: (Double) -> Void) throws -> Double {
        let before = try SourceProbe.open(reel.path, interrupt: interrupt)
        let length = max(before.duration.seconds, voice.length)
        let path = reel.path.adding(suffix: ".spoken")
        defer { try? Folder.removeFile(path) }
        let sound = try mixed(before, length)
        progress(0.5)
        try ClipJoiner.join(
            [reel.path],
            to: path,
            lasting: length,
            audio: sound,
            tags: before.tags.filter { !Self.brands.contains($0.key) },
            chapters: before.chapters.map { ReelChapter(title: $0.title, start: $0.start, end: $0.end) },
            interrupt: interrupt
        )
        try check(path, before, length)
        try Folder.move(path, to: reel.path)
        return length
    }

    /// The reel's own sound and the voice.
    private func mixed(_ reel: MediaSource, _ length: Double) throws -> (samples: [Float], channels: Int) {
        let speech = try voice.leveled(to: length)
        guard let audio = reel.audio else { return (speech, 1) }
        let channels = min(max(1, audio.channels), 6)
        var samples = try AudioReader.samples(
            of: reel.path,
            rate: VoiceTrack.rate,
            channels: channels,
            longest: VoiceOverWork.longestReel * 2,
            interrupt: interrupt
        )
        samples += [Float](repeating: 0, count: max(0, speech.count * channels - samples.count))
        let gains = Ducking(voice.sentences, depth: spec.style.ducking).gains(
            count: speech.count,
            rate: VoiceTrack.rate
        )
        for (index, gain) in gains.enumerated() {
            let place = index * channels
            for channel in 0..<channels { samples[place + channel] *= gain }
            // A voice stands in the middle: of five and six channels that is one of its own.
            if channels >= 5 {
                samples[place + 2] += speech[index]
            } else {
                for channel in 0..<min(2, channels) { samples[place + channel] += speech[index] }
            }
        }
        let limiter = try AudioLimiter(rate: VoiceTrack.rate, channels: channels, peak: 0.84)
        return (try limiter.process(samples) + limiter.finish(), channels)
    }

    private func check(_ path: FilePath, _ before: MediaSource, _ length: Double) throws {
        let after = try SourceProbe.open(path, interrupt: interrupt)
        let isWhole =
            after.frameCount == before.frameCount && after.audio != nil && abs(after.duration.seconds - length) < 0.2
        guard isWhole else {
            throw JobError(
                .verificationFailed,
                "The reel of '\(spec.name.display)' did not pass its check after its voice was laid over it: "
                    + "\(after.frameCount) of \(before.frameCount) pictures, \(after.duration.seconds) s instead of "
                    + "\(length) s; please report this with the video."
            )
        }
    }
}
