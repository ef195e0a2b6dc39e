internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("proving a proxy", .scratchFolder)
struct ProxyVerificationTests {
    /// Something else every second, so that no frame is like one of another second.
    private static let picture = "mandelbrot=size=320x180:rate=25:start_scale=3:end_scale=0.05"

    private func video(
        _ name: String,
        _ picture: String = picture,
        seconds: Double = 6,
        _ filter: String = "null"
    ) throws -> MediaSource {
        let path = try TestMedia.make(
            name,
            ["-f", "lavfi", "-i", picture, "-t", "\(seconds)", "-vf", filter]
                + ["-c:v", "libx264", "-preset", "ultrafast", "-g", "20", "-pix_fmt", "yuv420p"]
        )
        return try SourceProbe.open(path, interrupt: Interrupt())
    }

    private func doubt(_ proxy: MediaSource, of original: MediaSource, longSide: Int = 80) throws -> String? {
        try ProxyVerification(proxy, of: original, interrupt: Interrupt()).doubt(longSide: longSide)
    }

    @Test("the same pictures, smaller, coded otherwise and in another container, are proved")
    func same() throws {
        let original = try video("a.mp4")
        #expect(try doubt(video("b.mkv", Self.picture, "scale=96:54,eq=brightness=0.03"), of: original) == nil)
        #expect(try doubt(video("c.mp4", Self.picture, "scale=96:54"), of: original) == nil)
    }

    @Test("whatever is not the same is in doubt, with the reason")
    func others() throws {
        let original = try video("a.mp4")
        let small = "scale=96:54"
        let cases: [(MediaSource, String)] = try [
            (video("1.mp4", Self.picture, seconds: 5, small), "125 pictures and the video 150"),
            (video("2.mp4", "testsrc2=size=320x180:rate=25", small), "shows something else"),
            (video("3.mp4", Self.picture, "scale=54:96,setsar=1"), "another shape"),
            (video("4.mp4"), "hardly smaller"),
            (video("5.mp4", Self.picture, "trim=start=2,setpts=PTS-STARTPTS,\(small)"), "shows something else"),
            (video("6.mkv", Self.picture, "setpts=PTS*1.02,\(small)"), "pictures"),
            (video("7.mp4", Self.picture, "scale=48:28"), "too small"),
        ]
        for (proxy, words) in cases {
            #expect(try doubt(proxy, of: original)?.contains(words) == true, "\(proxy.path.name.text) \(words)")
        }
    }
}
