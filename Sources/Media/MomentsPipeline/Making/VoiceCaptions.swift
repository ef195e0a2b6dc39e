internal import MomentsCore
internal import MomentsEncoding
internal import MomentsStoryboard
internal import MomentsTitles
internal import MomentsWords

/// What a voice says, as subtitles.
enum VoiceCaptions {
    static let fileName = "captions.vtt"

    /// What is read at once, and when, on the clip's clock.
    static func cues(_ sentences: [SpokenText]) -> [Cue] {
        sentences.flatMap { $0.pieces() }.map { Cue(start: $0.start, end: $0.end, text: $0.text) }
    }

    static func webVTT(_ sentences: [SpokenText]) -> String {
        let end = (sentences.last?.end ?? 0) + 1
        return ReelCaptions(cues(sentences), shots: [.init(start: 0, end: end, place: 0)]).webVTT
    }

    /// What is written on a shot of a story.
    struct Written: Hashable, Encodable {
        let text: String
        /// On the shot's clock, in milliseconds.
        let start: Int
        let end: Int
    }

    /// What is heard while a shot is shown.
    ///
    /// - Parameters:
    ///   - cues: What is said, on the clip's clock.
    ///   - start: When the shot begins, in seconds.
    ///   - end: When it ends.
    /// - Returns: It, on the shot's clock.
    static func written(_ cues: [Cue], from start: Double, to end: Double) -> [Written] {
        cues.compactMap { cue in
            let (first, last) = (max(cue.start, start) - start, min(cue.end, end) - start)
            // Of what the neighbour shows, no flash is left.
            guard last - first > 0.12 else { return nil }
            return Written(text: cue.text, start: Int(first * 1000), end: Int(last * 1000))
        }
    }

    /// The same, painted.
    ///
    /// - Returns: What is laid over the shot's pictures, and the characters that no font here has.
    static func overlays(
        _ written: [Written],
        _ form: ClipWriter.Form,
        _ look: ClipLook
    ) -> (overlays: [Overlay], missing: Set<Unicode.Scalar>) {
        let painter = TitlePainter(width: form.width, height: form.height, look: TitleLook(look))
        var (overlays, missing) = ([Overlay](), Set<Unicode.Scalar>())
        for cue in written {
            guard let painted = painter.caption(cue.text) else { continue }
            missing.formUnion(painted.missing)
            let picture = Overlay.Picture(painted.bitmap, x: painted.x, y: painted.y)
            let range = TimeRange(
                start: MediaTime(ticks: Int64(cue.start), timescale: 1000),
                end: MediaTime(ticks: Int64(cue.end), timescale: 1000)
            )
            overlays.append(Overlay(range: range) { picture })
        }
        return (overlays, missing)
    }
}
