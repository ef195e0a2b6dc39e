internal import MomentsCore
internal import MomentsEncoding
public import MomentsMedia
internal import MomentsSystem

/// Reads a reel back and holds it against what was meant.
public enum ReelVerifier {
    /// Demuxes the whole reel, and decodes what is not the source's own, with a second around it, by fresh decoders.
    ///
    /// - Parameters:
    ///   - reel: The reel as its maker knows it.
    ///   - original: The video it was made of.
    ///   - interrupt: Stops the work.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: What was measured.
    /// - Throws: `Finding` for the first thing that is wrong.
    public static func verify(
        _ reel: Reel,
        of original: MediaSource,
        interrupt: Interrupt,
        progress: (Double) -> Void
    ) throws(Finding) -> Verification {
        let source: MediaSource
        do { source = try SourceProbe.open(reel.path, interrupt: interrupt) } catch {
            throw Finding(description: "the reel cannot be opened again (\(error))")
        }
        try checkFormat(reel, source)
        let frameDuration = max(reel.duration.seconds / Double(max(1, reel.frameCount)), 0.02)
        try Finding.expect(
            abs(source.duration.seconds - reel.duration.seconds) <= frameDuration + 0.001,
            "the reel lasts \(source.duration.seconds) s, not \(reel.duration.seconds) s"
        )
        try checkTimes(reel, source)
        try checkPackets(reel, source, interrupt)
        let audioVerification = AudioVerification.start(
            reel,
            source,
            of: original,
            frameDuration: frameDuration,
            interrupt: interrupt
        )
        var frames = try FrameVerification(reel, source, of: original).run(interrupt: interrupt) { progress($0 * 0.9) }
        let audio = try audioVerification.value()
        for (number, skew) in (audio?.skews ?? []).enumerated() {
            let time = reel.shots[number].place.start.seconds
            guard let join = frames.joins.firstIndex(where: { abs($0.time - time) < frameDuration / 2 }) else {
                continue
            }
            frames.joins[join].skew = skew
        }
        progress(1)
        return Verification(
            frames: reel.frameCount,
            copiedFrames: reel.samples.count(where: \.isCopied),
            decodedFrames: frames.count,
            duration: source.duration.seconds,
            damagedPackets: 0,
            joins: frames.joins,
            audio: audio?.audio
        )
    }

    private static func checkFormat(_ reel: Reel, _ source: MediaSource) throws(Finding) {
        let format = source.video.format
        try Finding.expect(
            source.video.codec == reel.codec,
            "the reel's pictures are \(source.video.codec), not \(reel.codec)"
        )
        try Finding.expect(
            format.width == reel.width && format.height == reel.height,
            "the reel's pictures are \(format.width) × \(format.height), not \(reel.width) × \(reel.height)"
        )
        try Finding.expect(
            (source.audio != nil) == reel.hasAudio,
            reel.hasAudio ? "the reel has lost its sound" : "the reel has sound that the source has not"
        )
    }

    /// Each frame is seen: none shares its time with another, or is gone before a screen can show it.
    private static func checkTimes(_ reel: Reel, _ source: MediaSource) throws(Finding) {
        if !source.index.timeline.isPlain {
            throw Finding(description: "the reel's times are not right: \(source.index.timeline.notes.first ?? "")")
        }
        guard !source.video.mayHideFrames else { return }
        let times = source.track.entries.filter { !$0.isDiscarded }.map(\.pts).sorted()
        for (time, next) in zip(times, times.dropFirst()) where next - time < source.video.leastStep {
            let shown = MediaTime(timestamp: time, base: source.video.timeBase) - source.origin
            throw Finding(description: "two pictures share the time \(shown.seconds) s of the reel")
        }
    }

    /// Every packet is there, unchanged, at its time; a copied one is so the source's own.
    private static func checkPackets(_ reel: Reel, _ source: MediaSource, _ interrupt: Interrupt) throws(Finding) {
        let found: ReelInspection
        do { found = try ReelInspection(source, interrupt: interrupt) } catch {
            throw Finding(description: "the reel cannot be read again (\(error))")
        }
        try Finding.expect(
            found.samples.count == reel.frameCount,
            "the reel has \(found.samples.count) pictures, not the \(reel.frameCount) that were made"
        )
        for (number, (was, made)) in zip(found.samples, reel.samples).enumerated() {
            try Finding.expect(was.shown == made.shown, "picture \(number + 1) of the reel stands at another time")
            try Finding.expect(was.checksum == made.checksum, "picture \(number + 1) of the reel was written wrong")
        }
        try Finding.expect(found.isInOrder, "the reel's pictures are not in the order of their decoding times")
        try Finding.expect(found.hasValidHeaders, "the reel's headers contradict each other")
        let base = source.video.timeBase
        let keyframes = source.track.entries.filter(\.isKeyframe).map { MediaTime(timestamp: $0.pts, base: base) }
        for (number, shot) in reel.shots.enumerated() where shot.isShown {
            let place = shot.place
            // A millisecond is more than any clock of the file rounds by, and less than any frame lasts.
            let isThere = keyframes.contains { abs(($0 - source.origin - place.start).seconds) < 0.001 }
            try Finding.expect(isThere, "shot \(number + 1) does not start at \(place.start.seconds) s of the reel")
        }
    }
}
