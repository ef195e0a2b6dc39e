import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("a reel in several shapes, by the real worker", .scratchFolder, .timeLimit(.minutes(5)))
struct RealAspectsTests {
    private struct Highlight: Decodable {
        struct Proof: Decodable { let pictures: Int }

        struct Further: Decodable {
            let aspect: String
            let file: String
            let width: Int
            let height: Int
            let duration: Double
            let verification: Proof
        }

        let reel_duration: Double
        let verification: Proof
        let further_reels: [Further]
    }

    private var folder: FilePath { ScratchFolder.path.appending("out/square") }

    /// A white square that goes right; a test model takes it for a face.
    private func run(_ config: String, _ words: [FilePath] = []) async throws -> Manifest {
        let models = ScratchFolder.path.appending("models")
        _ = try TestModel().install(in: models)
        let video = try TestMedia.make(
            "square.mp4",
            [
                "-f", "lavfi", "-i", "color=black:s=320x180:r=25:d=5", "-f", "lavfi", "-i",
                "color=white:s=32x32:r=25:d=5", "-f", "lavfi", "-i", "sine=330:d=5", "-filter_complex",
                "[0][1]overlay=x=20+40*t:y=60,format=yuv420p[v]", "-map", "[v]", "-map", "2:a", "-c:v", "libx264",
                "-preset", "ultrafast", "-c:a", "aac",
            ]
        )
        let file = ScratchFolder.path.appending("m.conf")
        try AtomicFile.replace(file, with: "[Subjects]\nModels=\(models)\n\(config)".utf8, durable: false)
        let run = try await BuiltProgram("moments").run(
            [
                "run", "--json", "--target-duration", "3", "--config", file, "-o", ScratchFolder.path.appending("out"),
                video,
            ] + words
        )
        #expect(run.exit == .exited(0), "\(run.errors)")
        return try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8))
    }

    private func content(_ name: FilePath) throws -> [UInt8] {
        let path = folder.appending(name)
        return try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path)
    }

    /// How many pixels brighter than a value each picture of a reel has.
    private func light(_ name: FilePath, _ size: Int, above value: UInt8 = 128) throws -> [Int] {
        let raw = ScratchFolder.path.appending("reel.grey")
        try Tool.run(
            "ffmpeg",
            ["-v", "error", "-y", "-i", folder.appending(name).text, "-f", "rawvideo", "-pix_fmt", "gray", raw.text]
        )
        let bytes = try Descriptor.openRegular(raw).read(64 << 20, at: 0, of: raw)
        return stride(from: 0, to: bytes.count, by: size).map { bytes[$0..<$0 + size].count { $0 > value } }
    }

    @Test("each shape is a file of its own with the same shots, follows who is in it, and is proved and told of")
    func several() async throws {
        let manifest = try await run("", ["--aspect", "source,9:16,1:1"])
        #expect(manifest.config.aspects == [.source, .portrait, .square])
        let names = ["highlight.mp4", "highlight-9x16.mp4", "highlight-1x1.mp4"].map { FilePath($0) }
        let sizes = [(320, 180), (102, 180), (180, 180)]
        let outputs = Set(manifest.result?.outputs.map(\.path) ?? [])
        #expect(outputs.isSuperset(of: names.map(\.text)))
        let highlight = try MomentsJSON.decode(Highlight.self, from: Data(try content("highlight.json")))
        for (name, size) in zip(names, sizes) {
            let shown = try TestMedia.probe(folder.appending(name), "stream=width,height", ["-select_streams", "v:0"])
            #expect(shown == ["\(size.0)", "\(size.1)"])
            let bright = try light(name, size.0 * size.1)
            #expect(bright.count == highlight.verification.pictures)
            // The square has 1024 pixels: nothing of it is ever cut off.
            #expect(bright.allSatisfy { (950...1100).contains($0) }, "\(name): \(bright)")
        }
        #expect(highlight.further_reels.map(\.aspect) == ["9:16", "1:1"])
        #expect(highlight.further_reels.map(\.file) == ["highlight-9x16.mp4", "highlight-1x1.mp4"])
        #expect(highlight.further_reels.map(\.width) == [102, 180])
        #expect(highlight.further_reels.allSatisfy { $0.verification.pictures == highlight.verification.pictures })
        #expect(highlight.further_reels.allSatisfy { $0.duration == highlight.reel_duration && $0.height == 180 })
        #expect(try SchemaCheck("highlight").faults(in: content("highlight.json")) == [])
        #expect(try SchemaCheck("manifest").faults(in: content("manifest.json")) == [])
        let report = String(decoding: try content("report.html"), as: UTF8.self)
        #expect(report.contains(#"Also as <a href="highlight-9x16.mp4">9:16</a>"#))
        #expect(report.contains(#""aspect":["source","9:16","1:1"]"#))
    }

    @Test("whoever is to be blurred cannot be recognized in any of the shapes")
    func blurred() async throws {
        _ = try await run("Blur=faces\n[Highlight]\nAspect=9:16 1:1\n")
        for (name, size) in [("highlight.mp4", 102 * 180), ("highlight-1x1.mp4", 180 * 180)] {
            let bright = try light(FilePath(name), size, above: 200)
            #expect(!bright.isEmpty && bright.allSatisfy { $0 < 500 }, "\(name): \(bright)")
        }
    }
}
