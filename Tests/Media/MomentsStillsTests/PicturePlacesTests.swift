internal import MomentsCore
internal import MomentsMedia
internal import MomentsStills
internal import MomentsTestSupport
internal import Testing

@Suite("what stills cost", .scratchFolder)
struct PicturePlacesTests {
    /// Sixty seconds at 10 pictures a second, a key picture every ten seconds.
    private func clip() throws -> MediaSource {
        let path = try TestMedia.clip(
            "a.mp4",
            seconds: 60,
            rate: "10",
            extra: ["-g", "100", "-keyint_min", "100", "-sc_threshold", "0", "-bf", "2"]
        )
        return try SourceProbe.open(path, interrupt: Interrupt())
    }

    @Test("the thumbnail is the picture at a tenth where that is near a key picture, else that key picture")
    func thumbnail() throws {
        let source = try clip()
        // A tenth is six seconds, 61 pictures behind the first key picture: the key at ten is too far away in the video.
        let still = try Thumbnail.make(source, places: PicturePlaces(source), interrupt: Interrupt())
        #expect(still.time.seconds == 6)
        let longer = try TestMedia.clip(
            "b.mp4",
            seconds: 120,
            rate: "10",
            extra: ["-g", "100", "-keyint_min", "100", "-sc_threshold", "0"]
        )
        let long = try SourceProbe.open(longer, interrupt: Interrupt())
        let places = PicturePlaces(long)
        // Twelve seconds are 21 pictures behind a key picture; nothing is decoded in vain.
        #expect(try Thumbnail.make(long, places: places, interrupt: Interrupt()).time.seconds == 12)
    }

    @Test("a poster is found at the very picture that was asked for, also among reordered ones")
    func exact() throws {
        let source = try clip()
        for seconds in [10.0, 13.7, 29.9, 59.9] {
            let candidate = PosterCandidate(time: MediaTime(seconds: seconds))
            let still = try Poster.make(
                source,
                places: PicturePlaces(source),
                candidates: [candidate],
                interrupt: Interrupt()
            )
            #expect(abs(still.time.seconds - seconds) < 0.001)
        }
    }
}
