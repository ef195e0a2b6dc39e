import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("scenes described by a command, by the real worker", .scratchFolder, .timeLimit(.minutes(5)))
struct RealDescribeTests {
    private struct Scenes: Decodable {
        struct Scene: Decodable { let description: String? }
        let scenes: [Scene]
    }

    private var root: FilePath { ScratchFolder.path }

    private func program(_ script: String) throws -> FilePath {
        let path = root.appending("describe.sh")
        try AtomicFile.replace(path, with: "#!/bin/bash\n\(script)\n".utf8, mode: 0o755)
        return path
    }

    private func run(_ words: [FilePath], config: String = "") async throws -> Manifest {
        let video = try TestMedia.clip("clip.mp4", seconds: 5)
        let file = root.appending("m.conf")
        try AtomicFile.replace(file, with: "[Stills]\nScenes=off\n[Subjects]\nDetect=off\n\(config)".utf8)
        let run = try await BuiltProgram("moments").run(
            ["run", "--json", "--target-duration", "2", "--config", file, "-o", root.appending("out"), video] + words
        )
        #expect(run.exit == .exited(0), "\(run.errors)")
        return try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8))
    }

    @Test("the configuration's command is shut in, sees the stills, and its words stand in scenes.json")
    func configured() async throws {
        // It says what it saw: that each picture is a JPEG, and that it cannot see the results.
        let script = """
            question=$(cat)
            for image in $(jq -r '.scenes[].image' <<<"$question"); do
                [[ $(head -c 2 "$image" | od -An -tx1) == " ff d8" ]] || exit 9
            done
            hidden=$(ls -A '\(root)/out' 2>/dev/null | wc -l)
            jq --arg hidden "$hidden" '{schema, scenes: [.scenes[] | {id, description: "\\(.id), \\($hidden) seen"}]}' \\
                <<<"$question"
            """
        let manifest = try await run([], config: "Describe=\(try program(script))\n")
        #expect(manifest.stages.first { $0.name == .describe }?.status == .completed, "\(manifest.notes)")
        #expect(!manifest.notes.contains { $0.contains("describer") }, "\(manifest.notes)")
        let path = root.appending("out/clip/scenes.json")
        let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
        let scenes = try MomentsJSON.decode(Scenes.self, from: Data(bytes)).scenes
        #expect(scenes.first?.description == "scene_001, 0 seen")
        #expect(try SchemaCheck("scenes").faults(in: bytes) == [])
        let told = root.appending("out/clip/manifest.json")
        #expect(
            try SchemaCheck("manifest").faults(in: Descriptor.openRegular(told).read(1 << 20, at: 0, of: told)) == []
        )
    }

    @Test("a command named on the line that fails, or takes too long, costs its words alone")
    func failing() async throws {
        for (script, reason) in [("exit 4", "it ended with status 4"), ("sleep 1000", "it took longer than 1 s")] {
            let config = "DescribeTimeout=\(script.hasPrefix("sleep") ? "1s" : "2min")\n"
            let manifest = try await run(["--describe", try program(script)], config: config)
            #expect(manifest.status == .completed)
            #expect(
                manifest.notes.contains { $0.contains("described by template, since the describer failed: \(reason)") },
                "\(manifest.notes)"
            )
            #expect(try Folder.names(in: root).allSatisfy { !$0.hasPrefix("moments-engines") })
        }
    }

    @Test("the example asks a vision model scene by scene, and gives what it said as one line each")
    func example() throws {
        struct Answer: Decodable {
            let schema: String
            let scenes: [[String: String]]?
            let error: String?
        }
        let example = FilePath(#filePath).parent.parent.parent.parent.appending(
            "examples/describers/openai-compatible"
        )
        let picture = root.appending("one.jpg")
        try AtomicFile.replace(picture, with: "picture".utf8, durable: false)
        try AtomicFile.replace(root.appending("key"), with: "s3cret\n".utf8, durable: false)
        let question = """
            {"schema": "momentsd.describe/1", "language": "en", "scenes": [
            {"id": "scene_001", "image": "\(picture)", "subjects": {"person": 2}, "words": "Hello \\"there\\"."},
            {"id": "scene_002", "image": "\(picture)"}, {"id": "scene_003"}]}
            """
        func ask(_ model: StubModel) throws -> Answer {
            let words = ["DESCRIBE_URL=\(model.url)", "DESCRIBE_MODEL=eyes", "DESCRIBE_KEY_FILE=\(root)/key"]
            let outcome = try Tool.outcome("env", words + [example.text], input: question)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try MomentsJSON.decode(Answer.self, from: Data(outcome.output.utf8))
        }
        let model = try StubModel([
            .init(body: #"{"choices": [{"message": {"content": "Two people\n talk\u202e outside.\n"}}]}"#),
            .init(body: #"{"choices": [{"message": {"content": ""}}]}"#),
        ])
        let answer = try ask(model)
        #expect(answer.schema == "momentsd.describe/1")
        #expect(answer.scenes == [["id": "scene_001", "description": "Two people talk outside."]])
        #expect(model.asked.count == 2)
        let asked = String(decoding: model.asked[0].body, as: UTF8.self)
        #expect(asked.contains("Found in it: 2 person") && asked.contains("base64,cGljdHVyZQ=="))
        #expect(model.asked[0].head.contains("Authorization: Bearer s3cret\r\n"))
        #expect(try ask(try StubModel([.init(status: 401, body: "no")])).error == "the server answers 401")
        #expect(try ask(try StubModel([.init(body: "<html>")])).error?.contains("cannot be asked") == true)
    }
}
