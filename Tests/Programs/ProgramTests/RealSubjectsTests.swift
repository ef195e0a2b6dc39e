import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("who is in a video, by the real worker", .scratchFolder, .timeLimit(.minutes(5)))
struct RealSubjectsTests {
    struct Subjects: Decodable {
        struct Box: Decodable {
            let x: Int
            let y: Int
            let width: Int
            let height: Int
        }

        struct Frame: Decodable {
            struct Find: Decodable { let bbox: Box }
            let time: Double
            let detections: [Find]
        }

        struct Track: Decodable {
            struct Point: Decodable {
                let time: Double
                let bbox: Box
            }

            let start: Double
            let end: Double
            let trajectory: [Point]
        }

        struct Mask: Decodable {
            let track_id: Int
            let time: Double
            let method: String
            let area: Int
            let runs: [Int]
        }

        let width: Int
        let height: Int
        let frames: [Frame]
        let tracking: [Track]
        let segmentation_masks: [Mask]
    }

    struct Scenes: Decodable {
        struct Scene: Decodable {
            let subjects: [String: Int]?
            let description: String?
        }

        let scenes: [Scene]
    }

    private var output: FilePath { ScratchFolder.path.appending("out") }
    private var models: FilePath { ScratchFolder.path.appending("models") }

    /// A square that goes right for four seconds, and after a cut another one that stays.
    private func video(_ name: String = "squares.mp4", _ extra: [String] = []) throws -> FilePath {
        try TestMedia.make(
            name,
            [
                "-f", "lavfi", "-i", "color=black:s=320x180:r=25:d=4", "-f", "lavfi", "-i",
                "color=white:s=32x32:r=25:d=4",
                "-f", "lavfi", "-i", "color=0x0000a0:s=320x180:r=25:d=3", "-f", "lavfi", "-i",
                "color=white:s=32x32:r=25:d=3", "-filter_complex",
                "[0][1]overlay=x=20+40*t:y=60[a];[2][3]overlay=x=240:y=120[b];[a][b]concat=n=2,format=yuv420p",
                "-c:v", "libx264", "-preset", "ultrafast",
            ] + extra
        )
    }

    private func run(_ video: FilePath, _ words: [FilePath] = [], target: FilePath = "3") async throws -> (
        BuiltProgram.Run, Manifest
    ) {
        let config = ScratchFolder.path.appending("m.conf")
        try AtomicFile.replace(config, with: "[Subjects]\nModels=\(models)\n".utf8, durable: false)
        let run = try await BuiltProgram("moments").run(
            ["run", "--json", "--target-duration", target, "--config", config, "-o", output, video] + words
        )
        return (run, try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8)))
    }

    private func read<Value: Decodable>(_ name: String, of video: FilePath) throws -> Value {
        let path = output.appending(video.stem).appending(name)
        let bytes = try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path)
        return try MomentsJSON.decode(Value.self, from: Data(bytes))
    }

    @Test("subjects.json has each find in the upright picture's pixels, and a track for each subject of each scene")
    func found() async throws {
        _ = try TestModel().install(in: models)
        let video = try video()
        let (run, manifest) = try await run(video)
        #expect(run.exit == .exited(0), "\(run.errors)")
        #expect(manifest.stages.first { $0.name == .subjects }?.status == .completed)
        #expect(manifest.result?.outputs.contains { $0.kind == "subjects" } == true)
        let path = output.appending("squares/subjects.json")
        let bytes = try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path)
        #expect(try SchemaCheck("subjects").faults(in: bytes) == [])
        let subjects: Subjects = try read("subjects.json", of: video)
        #expect([subjects.width, subjects.height] == [320, 180])
        #expect(subjects.frames.count >= 10)
        for frame in subjects.frames {
            let box = try #require(frame.detections.first?.bbox, "\(frame.time)")
            let x = frame.time < 4 ? 20 + 40 * frame.time : 240
            #expect(abs(Double(box.x) - x) <= 8, "\(frame.time): \(box)")
            #expect(abs(box.y - (frame.time < 4 ? 60 : 120)) <= 6 && abs(box.width - 32) <= 2)
        }
        #expect(!subjects.tracking.isEmpty)
        #expect((1...4).contains(subjects.segmentation_masks.count))
        for mask in subjects.segmentation_masks {
            let runs = RunLengths(mask)
            #expect(mask.method == "grabcut" && runs.total == 320 * 180)
            #expect(mask.area == runs.set.count && (850...1300).contains(mask.area), "\(mask.area)")
            let (x, y) = mask.time < 4 ? (20 + 40 * mask.time, 60.0) : (240, 120)
            let near = runs.set.filter { abs(Double($0 % 320) - x - 16) < 22 && abs(Double($0 / 320) - y - 16) < 22 }
            #expect(near.count == runs.set.count)
        }
        #expect(subjects.tracking.allSatisfy { $0.end < 4.01 || $0.start >= 3.99 })
        let scenes: Scenes = try read("scenes.json", of: video)
        #expect(scenes.scenes.count == 2)
        #expect(scenes.scenes.allSatisfy { $0.subjects == ["face": 1] })
        #expect(scenes.scenes.allSatisfy { $0.description?.hasPrefix("one person, close") == true })
        let scenesPath = output.appending("squares/scenes.json")
        let document = try Descriptor.openRegular(scenesPath).read(8 << 20, at: 0, of: scenesPath)
        #expect(try SchemaCheck("scenes").faults(in: document) == [])
    }

    /// The runs of a mask, taken apart again.
    private struct RunLengths {
        let total: Int
        let set: [Int]

        init(_ mask: Subjects.Mask) {
            var (place, set): (Int, [Int]) = (0, [])
            for (number, length) in mask.runs.enumerated() {
                if !number.isMultiple(of: 2) { set += place..<place + length }
                place += length
            }
            (total, self.set) = (place, set)
        }
    }

    @Test("a video that is turned gives places, and masks by a model, in the picture as it is shown")
    func turned() async throws {
        _ = try TestModel().install(in: models)
        _ = try TestModel.masks.install(in: models)
        let upright = try video()
        let turned = try TestMedia.make(
            "turned.mov",
            ["-i", upright.text, "-c", "copy", "-metadata:s:v:0", "rotate=90"]
        )
        let (run, _) = try await run(turned)
        #expect(run.exit == .exited(0), "\(run.errors)")
        let subjects: Subjects = try read("subjects.json", of: turned)
        #expect([subjects.width, subjects.height] == [180, 320])
        let still = subjects.frames.filter { $0.time > 4.1 }
        #expect(!still.isEmpty)
        for frame in still {
            // What was 240 from the left and 120 from above; this tag turns to the left.
            let box = try #require(frame.detections.first?.bbox)
            #expect(abs(box.x - 120) <= 6 && abs(box.y - 48) <= 6, "\(box)")
        }
        #expect(!subjects.segmentation_masks.isEmpty)
        for mask in subjects.segmentation_masks {
            let runs = RunLengths(mask)
            #expect(mask.method == "masks" && runs.total == 320 * 180 && (850...1300).contains(mask.area))
            guard mask.time > 4.1 else { continue }
            #expect(runs.set.allSatisfy { (112..<160).contains($0 % 180) && (40..<88).contains($0 / 180) })
        }
    }

    @Test("a reel of another shape follows who is in it: nothing of the square is ever cut off")
    func follows() async throws {
        _ = try TestModel().install(in: models)
        let damaged = TestModel.masks.card(sha256: String(repeating: "0", count: 64))
        _ = try TestModel.masks.install(in: models, damaged)
        let video = try video()
        let (run, manifest) = try await run(video, ["--aspect", "9:16"], target: "6")
        #expect(run.exit == .exited(0), "\(run.errors)")
        #expect(manifest.config.aspect == .portrait)
        #expect(manifest.notes.contains { $0.contains("are by colours alone") && $0.contains("another one") })
        let reel = output.appending("squares/highlight.mp4")
        #expect(try TestMedia.probe(reel, "stream=width,height", ["-select_streams", "v:0"]) == ["102", "180"])
        // The preview is of the reel, in which the square stands still: one picture, its width and height from byte 26 on.
        let preview = output.appending("squares/preview.webp")
        let head = try Descriptor.openRegular(preview).read(64, at: 0, of: preview)
        #expect(Array(head[26..<30]) == [102, 0, 180, 0])
        let raw = ScratchFolder.path.appending("reel.grey")
        try Tool.run(
            "ffmpeg",
            ["-v", "error", "-i", reel.text, "-f", "rawvideo", "-pix_fmt", "gray", raw.text]
        )
        let bytes = try Descriptor.openRegular(raw).read(64 << 20, at: 0, of: raw)
        let frames = stride(from: 0, to: bytes.count, by: 102 * 180).map { start in
            bytes[start..<start + 102 * 180].count { $0 > 128 }
        }
        #expect(frames.count >= 50)
        #expect(frames.allSatisfy { (950...1100).contains($0) }, "\(frames)")
    }

    private struct Told: Decodable {
        struct Poster: Decodable { let time: Double }
        struct Shot: Decodable { let `in`, out: Double }
        let poster: Poster
        let shots: [Shot]
    }

    @Test(
        "whoever is to be blurred cannot be recognized in anything that is made: nowhere in the reel is there a square"
    )
    func blurred() async throws {
        _ = try TestModel().install(in: models)
        let video = try video()
        let config = ScratchFolder.path.appending("blur.conf")
        try AtomicFile.replace(config, with: "[Subjects]\nModels=\(models)\nBlur=faces\n[Highlight]\nShots=on\n".utf8)
        let run = try await BuiltProgram("moments").run(
            ["run", "--json", "--target-duration", "6", "--config", config, "-o", output, video]
        )
        #expect(run.exit == .exited(0), "\(run.errors)")
        let manifest = try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8))
        #expect(manifest.notes.contains { $0.contains("faces are blurred") }, "\(manifest.notes)")
        let kinds = Set(manifest.result?.outputs.map(\.kind) ?? [])
        #expect(kinds.isSuperset(of: ["highlight", "thumbnail", "poster", "shot"]))
        #expect(kinds.isDisjoint(with: ["sprite", "contact_sheet", "scene_still"]))
        let folder = output.appending("squares")
        // Made of the reel, but told on the video's clock.
        let path = folder.appending("highlight.json")
        let text = Data(try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path))
        let told = try MomentsJSON.decode(Told.self, from: text)
        #expect(told.shots.contains { $0.in <= told.poster.time && told.poster.time < $0.out }, "\(told)")
        var pictures = try Folder.names(in: folder).filter { $0.hasSuffix(".jpg") || $0 == "highlight.mp4" }
        pictures += try Folder.names(in: folder.appending("shots")).map { FilePath("shots").appending($0) }
        for name in pictures {
            let raw = ScratchFolder.path.appending("blurred.grey")
            try Tool.run(
                "ffmpeg",
                [
                    "-v", "error", "-y", "-i", folder.appending(name).text, "-f", "rawvideo", "-pix_fmt", "gray",
                    raw.text,
                ]
            )
            let bytes = try Descriptor.openRegular(raw).read(64 << 20, at: 0, of: raw)
            let frames = stride(from: 0, to: bytes.count, by: 320 * 180).map { start in
                bytes[start..<start + 320 * 180].count { $0 > 200 }
            }
            #expect(!frames.isEmpty)
            // A square has 1024 bright pixels.
            #expect(frames.allSatisfy { $0 < 500 }, "\(name): \(frames)")
        }
    }

    @Test("where nobody could be found to be blurred, nothing is made, and it is said what is missing")
    func nobodyToBlur() async throws {
        let video = try video()
        let config = ScratchFolder.path.appending("blur.conf")
        try AtomicFile.replace(config, with: "[Subjects]\nModels=\(models)\nBlur=people\n".utf8)
        let run = try await BuiltProgram("moments").run(["run", "--config", config, "-o", output, video])
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("moments models install people"), "\(run.errors)")
        #expect((try? FileStatus.of(output.appending("squares"))) == nil)
    }

    @Test("without a model the stage is skipped, and says so; all else is as ever")
    func skipped() async throws {
        let video = try video()
        let (run, manifest) = try await run(video, ["--detect", "off"])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let stage = try #require(manifest.stages.first { $0.name == .subjects })
        #expect(stage.status == .skipped && stage.reason == "nobody is looked for, as asked")
        #expect(!manifest.notes.contains { $0.contains("looked for") })
        #expect(manifest.result?.outputs.contains { $0.kind == "subjects" } == false)
        let scenes: Scenes = try read("scenes.json", of: video)
        #expect(scenes.scenes.allSatisfy { $0.subjects == nil && $0.description == nil })
    }

    @Test("a model that is damaged, or gives nonsense, costs the data and never the reel")
    func nonsense() async throws {
        let video = try video()
        for (fault, words) in [(TestModel.Fault.everywhere, "things in one picture"), (.notNumbers, "no numbers")] {
            _ = try TestModel(fault: fault).install(in: models)
            let (run, manifest) = try await run(video)
            #expect(run.exit == .exited(0), "\(run.errors)")
            #expect(manifest.status == .completed)
            #expect(manifest.stages.first { $0.name == .subjects }?.status == .skipped)
            #expect(manifest.notes.contains { $0.contains(words) }, "\(manifest.notes)")
        }
        _ = try TestModel().install(in: models, TestModel().card(sha256: String(repeating: "0", count: 64)))
        let (_, manifest) = try await run(video)
        #expect(manifest.status == .completed && manifest.notes.contains { $0.contains("SHA-256 is another one") })
    }
}
