import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("moments bench", .scratchFolder, .timeLimit(.minutes(2)))
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
        #expect(Set(speed.stages.keys) == Set(Stage.allCases.filter { $0 != .publish }.map(\.rawValue)))
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
}
