internal import MomentsCore
internal import MomentsMedia
internal import MomentsStills
internal import MomentsTestSupport
internal import Testing

@Suite("what stills cost", .scratchFolder)
struct FramePlacesTests {
    /// Sixty seconds at 10 frames a second, a keyframe every ten seconds.
    private func clip() throws -> MediaSource {
        let path = try TestMedia.clip(
            "a.mp4",
            seconds: 60,
            rate: "10",
            extra: ["-g", "100", "-keyint_min", "100", "-sc_threshold", "0", "-bf", "2"]
        )
        return try SourceProbe.open(path, interrupt: Interrupt())
    }

    @Test("the thumbnail is the frame at a tenth where that is near a keyframe, else that keyframe")
    func thumbnail() throws {
        let source = try clip()
        // A tenth is six seconds, 61 frames behind the first keyframe: the key at ten is too far away in the video.
        let still = try Thumbnail.make(source, places: FramePlaces(source), interrupt: Interrupt())
        #expect(still.time.seconds == 6)
        let longer = try TestMedia.clip(
            "b.mp4",
            seconds: 120,
            rate: "10",
            extra: ["-g", "100", "-keyint_min", "100", "-sc_threshold", "0"]
        )
        let long = try SourceProbe.open(longer, interrupt: Interrupt())
        let places = FramePlaces(long)
        // Twelve seconds are 21 frames behind a keyframe; nothing is decoded in vain.
        #expect(try Thumbnail.make(long, places: places, interrupt: Interrupt()).time.seconds == 12)
    }

    @Test("a poster is found at the very frame that was asked for, also among reordered ones")
    func exact() throws {
        let source = try clip()
        for seconds in [10.0, 13.7, 29.9, 59.9] {
            let candidate = PosterCandidate(time: MediaTime(seconds: seconds))
            let still = try Poster.make(
                source,
                places: FramePlaces(source),
                candidates: [candidate],
                interrupt: Interrupt()
            )
            #expect(abs(still.time.seconds - seconds) < 0.001)
        }
    }
}
