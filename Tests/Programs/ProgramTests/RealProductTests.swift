import Foundation
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// A product clip through the real, shut-in worker, judged by its pixels.
@Suite("product clips by the real worker", .scratchFolder, .timeLimit(.minutes(10)))
struct RealProductTests {
    private let output = ScratchFolder.path.appending("out")

    private func write(_ name: String, _ bytes: [UInt8]) throws -> FilePath {
        let path = ScratchFolder.path.appending(FilePath(name))
        try AtomicFile.replace(path, with: bytes, durable: false)
        return path
    }

    private func run(_ request: String, _ video: FilePath) async throws -> (run: BuiltProgram.Run, manifest: Manifest) {
        let request = try write("clip.request.json", Array(request.utf8))
        let run = try await BuiltProgram("moments").run(["run", "--json", "-o", output, "--request", request, video])
        return (run, try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8)))
    }

    /// The reel's picture at a moment: red, green, blue.
    private func pixels(_ manifest: Manifest, _ seconds: String) throws -> [UInt8] {
        let folder = try #require(manifest.result?.folder)
        let raw = ScratchFolder.path.appending("picture.raw")
        try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-y"] + seconds.split(separator: " ").map(String.init)
                + ["-i", output.appending(folder).appending("highlight.mp4").text, "-frames:v", "1"]
                + ["-vf", "format=rgb24", "-f", "rawvideo", raw.text]
        )
        return try Descriptor.openRegular(raw).read(1 << 22, at: 0, of: raw)
    }

    private func reds(_ pixels: [UInt8]) -> Int {
        stride(from: 0, to: pixels.count, by: 3).count { pixels[$0] > 170 && pixels[$0 + 1] < 70 }
    }

    @Test("the confined worker writes name, words, call and picture of a product on a reel")
    func product() async throws {
        let video = try TestMedia.make(
            "walk.mp4",
            [
                "-f", "lavfi", "-i", "gradients=s=480x270:r=25:c0=0x203020:c1=0x405060:d=20:seed=3", "-f", "lavfi",
                "-i",
                "sine=d=20", "-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-c:a",
                "aac",
            ]
        )
        _ = try TestMedia.make("shoe.png", ["-f", "lavfi", "-i", "color=0xD02020:s=300x300", "-frames:v", "1"])
        let subtitles = "1\n00:00:00,500 --> 00:00:19,500\nWALKING ON AIR\n"
        _ = try write("walk.srt", Array(subtitles.utf8))
        let (run, manifest) = try await run(
            #"""
            {"product_name": "Aurora حذاء 新しい \#u{10FFFD}", "cta_text": "Order now", "product_image": "shoe.png",
             "style": "energetic", "captions": "burn", "target_duration": 12, "segments": [{"in": 2, "out": 14}]}
            """#,
            video
        )
        try #require(run.exit == .exited(0), "\(run.errors) \(manifest.error?.message ?? "")")
        #expect(manifest.config.product?.style == .energetic)
        #expect(manifest.notes.contains { $0.contains("U+10FFFD") && $0.contains("fonts-noto-core") })
        // Yellow of the title's block, then the product's picture, then both on the last card.
        let title = try pixels(manifest, "-ss 2")
        let yellows = stride(from: 0, to: title.count, by: 3).count {
            title[$0] > 220 && title[$0 + 1] > 180 && title[$0 + 2] < 90
        }
        #expect(yellows > 1500)
        #expect(reds(title) == 0)
        #expect(reds(try pixels(manifest, "-ss 6")) > 1500)
        #expect(reds(try pixels(manifest, "-sseof -0.3")) > 10_000)
        let names = try Folder.names(in: ScratchFolder.path.appending("out/walk")).map(\.text)
        #expect(names.contains("highlight.vtt"))
        #expect(names.allSatisfy { !$0.hasSuffix(".card") && !$0.hasSuffix(".pictures") })
    }

    @Test("pictures that are none, bombs, links and missing ones are refused before anything is made")
    func pictures() async throws {
        let video = try TestMedia.clip("walk.mp4", seconds: 3)
        var bomb: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        bomb += [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 2, 0, 0, 0, 0, 0, 0, 0]
        _ = try write("bomb.png", bomb)
        _ = try write("text.png", Array("no picture".utf8))
        _ = try write("large.jpg", [0xFF, 0xD8, 0xFF] + [UInt8](repeating: 0, count: 10 << 20))
        _ = try TestMedia.make("shoe.jpg", ["-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1"])
        try FileManager.default.createSymbolicLink(
            atPath: ScratchFolder.path.appending("link.jpg").text,
            withDestinationPath: "shoe.jpg"
        )
        let jpeg = ScratchFolder.path.appending("shoe.jpg")
        let cut = try Descriptor.openRegular(jpeg).read(1 << 20, at: 0, of: jpeg)
        _ = try write("cut.jpg", Array(cut.prefix(120)))
        for (name, words) in [
            ("bomb.png", "60000 × 60000 pixels"), ("text.png", "no JPEG, PNG, WebP or HEIF"),
            ("large.jpg", "larger than 10 MiB"),
            ("link.jpg", "not beside the video"), ("missing.jpg", "not beside the video"), ("cut.jpg", "'cut.jpg'"),
        ] {
            let (run, manifest) = try await run(#"{"product_name": "A", "product_image": "\#(name)"}"#, video)
            #expect(run.exit == .exited(1))
            #expect(manifest.error?.kind == .invalidRequest, "\(name): \(manifest.error?.message ?? "")")
            #expect(manifest.error?.message.contains(words) == true, "\(name): \(manifest.error?.message ?? "")")
            #expect(manifest.error?.detail == "product_image")
        }
    }
}
