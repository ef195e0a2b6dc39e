import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("moments bench", .scratchFolder, .timeLimit(.minutes(5)))
struct BenchCommandTests {
    private struct Speed: Decodable {
        struct Cost: Decodable {
            let wall: Double
            let processor: Double
        }
        let file: String
        let decoding: Cost?
        let job: Cost
        let ratio: Cost?
        let stages: [String: Cost]
        let frames_decoded_share: Double
        let peak_memory: Int64
        let reel_duration: Double
    }

    private let temporary = ScratchFolder.path.appending("tmp")

    private func bench(_ words: [FilePath], search: String = "/usr/bin:/bin") async throws -> BuiltProgram.Run {
        try Folder.make(temporary)
        return try await BuiltProgram("moments").run(
            ["bench"] + words,
            environment: ["TMPDIR=\(temporary)"],
            search: search,
            limit: 90
        )
    }

    @Test("a file gives the costs of both programs, times by stage, and leaves nothing behind")
    func speed() async throws {
        let video = try TestMedia.clip("beach.mp4", seconds: 4)
        let run = try await bench([video, "--json", "--repeat", "2", "--quality", "low", "--analysis", "full"])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let speed = try MomentsJSON.decode(Speed.self, from: Data(run.output.utf8))
        #expect(speed.file == "beach.mp4")
        let decoding = try #require(speed.decoding)
        #expect(decoding.wall > 0 && decoding.processor > 0)
        #expect(speed.job.wall > 0 && speed.job.processor > 0)
        #expect(abs((speed.ratio?.wall ?? 0) - speed.job.wall / decoding.wall) < 1e-6)
        // Whether somebody is looked for depends on the machine's models.
        let stages = Set(speed.stages.keys).subtracting([Stage.subjects.rawValue])
        let all = Stage.all(of: JobOptions()).filter { ![.publish, .subjects].contains($0) }
        #expect(stages == Set(all.map(\.rawValue)))
        #expect(speed.stages.values.reduce(0) { $0 + $1.wall } <= speed.job.wall * 1.5)
        #expect((speed.stages["analyze"]?.processor ?? 0) > 0)
        #expect(speed.stages.values.reduce(0) { $0 + $1.processor } < 2 * speed.job.processor)
        #expect(speed.frames_decoded_share >= 1)
        // The program alone needs a few megabytes.
        #expect((4 << 20...1 << 30).contains(speed.peak_memory))
        #expect(speed.reel_duration == 4)
        #expect(try Folder.names(in: temporary).isEmpty)
    }

    @Test("people get the figures in lines")
    func lines() async throws {
        let video = try TestMedia.clip("beach.mp4", seconds: 2)
        let run = try await bench([video, "--without-ffmpeg"])
        #expect(run.exit == .exited(0), "\(run.errors)")
        for word in ["beach.mp4: 00:00:02, 160×90, h264", "moments ", "analyze ", "decoded ", "memory "] {
            #expect(run.output.contains(word), "\(run.output)")
        }
        #expect(!run.output.contains("ffmpeg"))
    }

    @Test("without ffmpeg it says so, and how to do without")
    func noFFmpeg() async throws {
        let video = try TestMedia.clip("beach.mp4", seconds: 1)
        let run = try await bench([video], search: "/nonexistent")
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("apt-get install ffmpeg"))
        #expect(run.errors.contains("--without-ffmpeg"))
    }

    @Test("a file that is no video ends it with the job's own reason")
    func noVideo() async throws {
        let path = ScratchFolder.path.appending("text.mp4")
        try AtomicFile.replace(path, with: String(repeating: "no video\n", count: 100).utf8, durable: false)
        let run = try await bench([path, "--without-ffmpeg"])
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("UnsupportedFormat: "))
        #expect(try Folder.names(in: temporary).isEmpty)
    }

    @Test(
        "wrong words give 2 and say what is right",
        arguments: [
            ([], "which files?"), (["x", "--repeat", "0"], "allowed is 1 to 100"),
            (["x", "--analysis", "half"], "allowed: auto, full"), (["--score", "x", "y"], "takes neither files"),
            (["--judged", "x", "--target-duration", "9"], "takes neither files nor --repeat"),
            (["x", "--detector", "y"], "--detector goes with --score only"),
            (["x", "--only", "y"], "--only goes with --judged only"),
        ] as [([FilePath], String)]
    )
    func usage(words: [FilePath], reason: String) async throws {
        let run = try await bench(words)
        #expect(run.exit == .exited(2))
        #expect(run.errors.contains(reason), "\(run.errors)")
    }

    @Test("a folder without a known truth is refused, and a broken truth is named")
    func noTruth() async throws {
        try Folder.make(ScratchFolder.path.appending("corpus"))
        let folder = ScratchFolder.path.appending("corpus")
        let empty = try await bench(["--score", folder])
        #expect(empty.exit == .exited(1))
        #expect(empty.errors.contains("holds no NAME.truth.json"))
        try AtomicFile.replace(folder.appending("a.truth.json"), with: "{\"events\": 5}".utf8, durable: false)
        let broken = try await bench(["--score", folder])
        #expect(broken.exit == .exited(1))
        #expect(broken.errors.contains("a.truth.json' is not understood"))
    }

    /// A folder with a video of two scenes: the second starts at 2 s, which is frame 50.
    private func twoScenes() throws -> FilePath {
        let folder = ScratchFolder.path.appending("cuts")
        try Folder.make(folder)
        _ = try TestMedia.make(
            "cuts/two.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=2", "-f", "lavfi", "-i", "mandelbrot=s=160x90:r=25",
                "-filter_complex", "[1]trim=duration=2[b];[0][b]concat", "-c:v", "libx264", "-preset", "veryfast",
                "-pix_fmt", "yuv420p",
            ]
        )
        let truth = """
            {"fps": "25", "frames": 100, "duration": 4,
             "cuts": [{"time": 2, "type": "hard", "start_frame": 50, "end_frame": 50}]}
            """
        try AtomicFile.replace(folder.appending("two.truth.json"), with: truth.utf8, durable: false)
        return folder
    }

    private struct Cuts: Decodable {
        struct Score: Decodable { let f1: Double }
        let analysis: String
        let cuts: Score
        let frames_decoded_share: Double?
    }

    @Test(
        "somebody else's detector is scored beside the job, by frame numbers or by seconds",
        arguments: [("echo 0; echo 50", 1), ("echo 2.04", 1), ("echo 10; echo 50", 2.0 / 3), ("true", 0)]
    )
    func detector(script: String, f1: Double) async throws {
        let folder = try twoScenes()
        let program = ScratchFolder.path.appending("a detector")
        let text = "#!/bin/sh\n[ \"$1\" = --fast ] && [ -f \"$2\" ] || exit 3\n\(script)\n"
        try AtomicFile.replace(program, with: text.utf8, mode: 0o755, durable: false)
        let run = try await bench(["--score", folder, "--detector", FilePath("'\(program)' --fast"), "--json"])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let rows = try run.output.split(separator: "\n").map { try MomentsJSON.decode(Cuts.self, from: Data($0.utf8)) }
        #expect(rows.map(\.analysis) == ["auto", "detector"])
        #expect(rows[0].frames_decoded_share != nil && rows[1].frames_decoded_share == nil)
        #expect(abs(rows[1].cuts.f1 - f1) < 1e-9)
    }

    @Test(
        "a detector that fails, prints something else, or names a frame that is not there ends it with the reason",
        arguments: [
            ("exit 7 #", "failed on"), ("echo no video >&2; exit 1 #", "no video"),
            ("echo scene 1 #", "a line: 'scene 1"), ("echo 100 #", "it has 100, counted from 0"),
        ]
    )
    func brokenDetector(command: FilePath, reason: String) async throws {
        let run = try await bench(["--score", try twoScenes(), "--detector", command])
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains(reason), "\(run.errors)")
        #expect(try Folder.names(in: temporary).isEmpty)
    }

    @Test("an interruption ends a detector that would go on")
    func interruptedDetector() async throws {
        let mark = ScratchFolder.path.appending("mark")
        let detector = FilePath("touch '\(mark)'; sleep 77; true")
        let run = try await BuiltProgram("moments").run(
            ["bench", "--score", try twoScenes(), "--quality", "low", "--detector", detector],
            interruptedAfter: 15,
            limit: 60
        )
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("interrupted"), "\(run.errors)")
        #expect((try? FileStatus.of(mark)) != nil)
    }
}
