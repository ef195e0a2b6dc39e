internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsTestSupport
internal import Testing

@Suite("HDR that stays HDR", .scratchFolder)
struct HDRTests {
    private static let master = "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50)"

    func clip(_ transfer: String, _ name: String, _ encoder: [String]) throws -> FilePath {
        let colors = ["-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"]
        return try TestMedia.make(
            name,
            ["-f", "lavfi", "-i", "testsrc2=s=160x96:r=25:d=3", "-f", "lavfi", "-i", "sine=d=3:r=48000", "-c:a", "aac"]
                + colors + ["-color_trc", transfer] + encoder
        )
    }

    private static let x265 = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params"]
    private static let light = "log-level=none:keyint=25:hdr10=1:master-display=\(master):max-cll=1000,400"

    @Test(
        "encoded frames keep ten bits, colours and the master's light",
        arguments: [("a.mp4", Quality.high), ("a.ts", .low), ("a.mkv", .original), ("a.mp4", .auto)]
    )
    func kept(_ name: String, _ quality: Quality) throws {
        let path = try clip("smpte2084", name, Self.x265 + [Self.light])
        let rendered = try Rendered(path, [(0.2, 0.8), (1.2, 2.8)], quality: quality, hdr: .keep)
        #expect(try rendered.complaints() == "")
        let format =
            "stream=codec_name,profile,codec_tag_string,pix_fmt,color_range,color_space,color_transfer,color_primaries"
        #expect(
            try rendered.probe(format)
                == ["hevc", "Main 10", "hvc1", "yuv420p10le", "tv", "bt2020nc", "smpte2084", "bt2020"]
        )
        let light = try rendered.probe("frame_side_data", "v:0", ["-read_intervals", "%+#1"]).joined(separator: " ")
        for value in ["13250/50000", "10000000/10000", "1000", "400"] {
            #expect(light.contains(value), "\(value) in \(light)")
        }
        let copied = rendered.reel.samples.contains(where: \.isCopied)
        #expect(copied == [.original, .auto].contains(quality))
        #expect(try rendered.similarity().allSatisfy { $0 > 0.9 })
    }

    @Test("copied HDR whose container tells the master's light has its edges encoded alike")
    func containerLight() throws {
        let first = try clip("smpte2084", "first.mp4", Self.x265 + [Self.light])
        // Written by ourselves, so that the container says it too.
        let made = try Rendered(first, [(0, 3)], quality: .high, hdr: .keep).reel.path
        let path = ScratchFolder.path.appending("a.mp4")
        try Tool.run("mv", [made.text, path.text])
        #expect(try TestMedia.probe(path, "stream_side_data=side_data_type").contains("Mastering display metadata"))
        let rendered = try Rendered(path, [(0.2, 2.8)], quality: .original)
        #expect(try rendered.complaints() == "")
        #expect(rendered.reel.samples.contains { $0.isCopied } && rendered.reel.samples.contains { !$0.isCopied })
    }

    @Test("HLG stays HLG")
    func hlg() throws {
        let path = try clip("arib-std-b67", "a.mp4", Self.x265 + ["log-level=none"])
        let rendered = try Rendered(path, [(0.2, 0.8)], hdr: .keep)
        #expect(try rendered.probe("stream=color_transfer,pix_fmt") == ["yuv420p10le", "arib-std-b67"])
    }

    @Test("ordinary frames are encoded as ever")
    func ordinary() throws {
        let rendered = try Rendered(try TestMedia.clip("a.mp4"), [(0.2, 0.8)], hdr: .keep)
        #expect(rendered.reel.codec == "h264")
    }
}
