import FoundationEssentials
import MomentsCore
import MomentsMedia
import MomentsSystem
import MomentsTestSupport
import Testing

@testable import MomentsPipeline

@Suite("scenes described by a command", .scratchFolder, .timeLimit(.minutes(5)))
struct DescribeTests {
    private struct Asked: Decodable {
        struct Scene: Decodable {
            let id: String
            let start: Double
            let end: Double
            let image: FilePath
        }

        let schema: String
        let source: FilePath
        let language: String
        let scenes: [Scene]
    }

    private struct Scenes: Decodable {
        struct Scene: Decodable { let description: String? }
        let scenes: [Scene]
    }

    private let staging = ScratchFolder.path.appending("staging")

    /// Does the job; the command's answer is what `answer` makes of what it is asked.
    private func run(
        _ video: FilePath,
        describer: String = "one",
        answer: @escaping (Asked) -> String
    ) throws -> (events: [JobEvent], asked: [Asked]) {
        try Folder.make(staging)
        var events: [JobEvent] = []
        var asked: [Asked] = []
        var options = JobOptions(targetDuration: 2)
        options.subjects.describer = describer
        let spec = JobSpec(jobID: "x", source: video, name: video.name, staging: staging, options: options)
        let runner = JobRunner(
            spec,
            interrupt: Interrupt(),
            errandReply: {
                guard case .errand(let errand) = events.last, errand.kind == .describer else { return nil }
                let path = staging.appending(errand.input)
                guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path),
                    let question = try? MomentsJSON.decode(Asked.self, from: Data(bytes))
                else { return ErrandReply(failure: "it was asked nonsense") }
                let pictures = question.scenes.compactMap { scene in
                    try? Descriptor.openRegular(scene.image).read(2, at: 0, of: scene.image)
                }
                #expect(pictures == question.scenes.map { _ in [0xFF, 0xD8] })
                asked.append(question)
                _ = try? AtomicFile.replace(staging.appending(errand.output), with: answer(question).utf8)
                return ErrandReply()
            },
            emit: { events.append($0) }
        )
        #expect(runner.run(pid: 1))
        return (events, asked)
    }

    private var descriptions: [String?] {
        get throws {
            let path = staging.appending("scenes.json")
            let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
            return try MomentsJSON.decode(Scenes.self, from: Data(bytes)).scenes.map(\.description)
        }
    }

    private static func said(_ asked: Asked) -> String {
        let scenes = asked.scenes.map { #"{"id": "\#($0.id)", "description": "\#($0.id) shows <b>stripes</b>"}"# }
        return #"{"schema": "momentsd.describe/1", "scenes": [\#(scenes.joined(separator: ", "))]}"#
    }

    @Test("a still of each scene is shown, what is said of it is told, harmlessly; and nothing is asked twice")
    func described() throws {
        let video = try TestMedia.clip("a.mp4", seconds: 6)
        let first = try run(video, answer: Self.said)
        let asked = try #require(first.asked.first)
        #expect(first.asked.count == 1 && asked.schema == "momentsd.describe/1" && asked.source == "a.mp4")
        #expect(asked.scenes.first?.id == "scene_001" && asked.scenes.first?.start == 0)
        #expect(asked.scenes.allSatisfy { $0.start < $0.end })
        #expect(try descriptions == asked.scenes.map { "\($0.id) shows <b>stripes</b>" })
        let path = staging.appending("report.html")
        let report = String(decoding: try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path), as: UTF8.self)
        #expect(report.contains("<p>scene_001 shows &lt;b&gt;stripes&lt;/b&gt;</p>"))
        #expect(first.events.contains(.stageCompleted(.describe)))
        #expect((try? FileStatus.of(staging.appending(".errands"))) == nil)
        let again = try run(video) { _ in "" }
        #expect(try again.asked.isEmpty && descriptions.first == "scene_001 shows <b>stripes</b>")
        #expect(try run(video, describer: "another", answer: Self.said).asked.count == 1)
    }

    @Test("an answer that misbehaves costs the descriptions, is told in a clause, and nothing else")
    func misbehaving() throws {
        let video = try TestMedia.clip("a.mp4", seconds: 6)
        let run = try run(video) { _ in "garbage" }
        let notes = run.events.compactMap { if case .note(let note) = $0 { note } else { nil } }
        #expect(
            notes.contains {
                $0.contains("the describer failed: its answer is no momentsd.describe/1 (it begins with 'garbage')")
            },
            "\(notes)"
        )
        #expect(try descriptions.allSatisfy { $0 == nil })
        guard case .completed = run.events.last else {
            Issue.record("the job was not completed")
            return
        }
    }

    @Test(
        "all of an answer counts, or nothing",
        arguments: [
            (#"{"schema": "momentsd.judge/1", "scenes": []}"#, "no momentsd.describe/1"),
            (#"{"schema": "momentsd.describe/1"}"#, "no \"scenes\""),
            (#"{"schema": "momentsd.describe/1", "error": "no\u202e model"}"#, "it says: no"),
            (scenes(#""id": "scene_009", "description": "a""#), "'scene_009', which it was not asked about"),
            (scenes(#""id": "scene_001", "description": "a"}, {"id": "scene_001", "description": "b""#), "twice"),
            (scenes(#""id": "scene_001", "description": """#), "no line of 1 to 300"),
            (scenes(#""id": "scene_001", "description": "a\nb""#), "no line of 1 to 300"),
            (scenes(#""id": "scene_001", "description": "a\u202eb""#), "no line of 1 to 300"),
            (scenes("\"id\": \"scene_001\", \"description\": \"\(String(repeating: "a", count: 301))\""), "no line"),
            (String(repeating: " ", count: (256 << 10) + 1), "more than 256 KiB"),
        ]
    )
    func refused(answer: String, reason: String) throws {
        let question = DescribeStage.Question(
            source: "a.mp4",
            title: nil,
            duration: 6,
            language: .english,
            scenes: [
                .init(id: "scene_001", start: 0, end: 6, importance: 5, subjects: nil, description: nil, words: nil)
            ]
        )
        let error = try #require(throws: JobError.self) {
            _ = try DescribeStage.read(Array(answer.utf8), question, [0])
        }
        let clause = error.detail
        #expect(clause.contains(reason) && !clause.contains("\u{202e}"), "\(clause)")
        let good = Self.scenes(#""id": "scene_001", "description": "A dog runs.""#)
        #expect(try DescribeStage.read(Array(good.utf8), question, [0]).all(2) == ["A dog runs.", nil])
    }

    private static func scenes(_ scene: String) -> String {
        #"{"schema": "momentsd.describe/1", "scenes": [{\#(scene)}]}"#
    }
}
