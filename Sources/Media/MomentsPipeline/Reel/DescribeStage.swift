internal import FoundationEssentials
internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsExports
internal import MomentsMedia
internal import MomentsSelection
internal import MomentsStills
internal import MomentsSystem

/// The stage before the export of jobs that have a command which describes scenes: it is shown a still of each.
///
/// Nothing that goes wrong in it ends the job.
struct DescribeStage: JobStage {
    /// What the command is told.
    struct Question: Encodable {
        struct Scene: Encodable {
            let id: String
            let start: Double
            let end: Double
            let importance: Int
            /// A JPEG: an absolute path.
            var image: FilePath?
            /// How many of each class are seen at once; left out where nobody was looked for.
            let subjects: [String: Int]?
            /// What a template says; likewise.
            let description: String?
            let words: String?
        }

        let schema = DescribeStage.schema
        let source: FilePath
        let title: String?
        let duration: Double
        let language: StoryLanguage
        var scenes: [Scene]
    }

    /// What it writes.
    private struct Answer: Decodable {
        struct Scene: Decodable {
            let id: String
            let description: String
        }

        let schema: String
        let scenes: [Scene]?
        let error: String?
    }

    static let stage = Stage.describe
    static let failure = StageFailure(kind: .writeFailed) { "The scenes of \($0) could not be described." }
    static let options = [StageOption(\.subjects.describer), StageOption(\.title), StageOption(\.language)]

    private static let schema = "momentsd.describe/1"
    /// More scenes than these are not asked about: of a video with more, the most important ones.
    private static let mostScenes = 200
    /// The most letters of a description.
    private static let longest = 300
    /// The largest answer, in bytes.
    private static let largest = 256 << 10

    let selection: Selection
    /// The small pictures the analysis kept.
    let survey: FrameSurvey
    /// Who is in each scene; empty where nobody was looked for.
    let subjects: [SceneSubjectsEntry]
    let words: [String?]
    let checkpoints: Checkpoints?
    let desk: ErrandDesk

    /// What an answer depends on besides the video.
    private struct Inputs: Encodable {
        let describer: String?
        let question: Question
    }

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> SceneDescriptions {
        let numbers = selection.scenes.indices.sorted {
            (-selection.scenes[$0].importance, $0) < (-selection.scenes[$1].importance, $1)
        }.prefix(Self.mostScenes).sorted()
        let question = question(numbers, context)
        let inputs = Inputs(describer: context.spec.options.subjects.describer, question: question)
        if let known = checkpoints?.load(SceneDescriptions.self, of: Self.stage, from: inputs) { return known }
        defer { desk.clear() }
        do {
            let path = try desk.describe(
                { folder in try pictured(question, numbers, folder, context) },
                language: question.language,
                failing: Self.failed
            )
            progress(0.9)
            let bytes = try Descriptor.openRegular(path).read(Self.largest + 1, at: 0, of: path)
            let said = try Self.read(bytes, question, numbers)
            checkpoints?.save(said, of: Self.stage, from: inputs)
            return said
        } catch {
            if (error as? MediaError)?.isInterruption == true { throw error }
            let reason = (error as? JobError)?.detail ?? "its pictures could not be drawn (\(error))"
            return SceneDescriptions(failure: reason)
        }
    }

    private static func failed(_ reason: String) -> JobError {
        JobError(.renderFailed, "The describer failed.", detail: reason, transient: false)
    }

    private func question(_ numbers: [Int], _ context: StageContext) -> Question {
        Question(
            source: context.spec.name,
            title: context.spec.options.title,
            duration: context.source.duration.roundedSeconds,
            language: context.spec.options.language,
            scenes: numbers.map { number in
                let scene = selection.scenes[number]
                let known = number < subjects.count ? subjects[number] : nil
                return Question.Scene(
                    id: StillsMaker.sceneName(number + 1),
                    start: scene.start.roundedSeconds,
                    end: scene.end.roundedSeconds,
                    importance: scene.importance,
                    subjects: known?.subjects,
                    description: known?.description,
                    words: number < words.count ? words[number].map { String($0.prefix(600)) } : nil
                )
            }
        )
    }

    /// The question with a still of each scene, drawn into a folder.
    private func pictured(
        _ question: Question,
        _ numbers: [Int],
        _ folder: FilePath,
        _ context: StageContext
    ) throws -> Question {
        var question = question
        try SceneStills.make(
            survey,
            scenes: numbers.map { selection.scenes[$0] },
            of: context.source,
            places: FramePlaces(context.source),
            form: StillForm(.jpeg, .small),
            interrupt: context.interrupt
        ) { still in
            let path = folder.appending(FilePath(question.scenes[still.number - 1].id + ".jpg"))
            try AtomicFile.replace(path, with: still.bytes, durable: false)
            question.scenes[still.number - 1].image = path
        }
        return question
    }

    /// Reads an answer: all of it counts, or nothing.
    static func read(
        _ bytes: [UInt8],
        _ question: Question,
        _ numbers: [Int]
    ) throws(JobError) -> SceneDescriptions {
        guard bytes.count <= largest else { throw failed("it wrote more than \(largest >> 10) KiB") }
        guard let answer = try? MomentsJSON.decode(Answer.self, from: Data(bytes)), answer.schema == schema else {
            let start = Escaping.excerpt(String(decoding: bytes.prefix(60), as: UTF8.self), limit: 40)
            throw failed("its answer is no \(schema) (it begins with '\(start)')")
        }
        if let error = answer.error { throw failed("it says: \(Escaping.excerpt(error, limit: 200))") }
        guard let scenes = answer.scenes else { throw failed("its answer has no \"scenes\"") }
        let asked = Dictionary(uniqueKeysWithValues: zip(question.scenes.map(\.id), numbers))
        var said = SceneDescriptions()
        for scene in scenes {
            let name = Escaping.excerpt(scene.id, limit: 40)
            guard let number = asked[scene.id] else {
                throw failed("it describes '\(name)', which it was not asked about")
            }
            guard said.texts[number] == nil else { throw failed("it describes '\(name)' twice") }
            guard PlainText.isLine(scene.description, most: longest) else {
                throw failed("what it says of '\(name)' is no line of 1 to \(longest) characters")
            }
            said.texts[number] = scene.description
        }
        return said
    }
}

extension MediaTime {
    /// Seconds to the millisecond.
    fileprivate var roundedSeconds: Double { (seconds * 1000).rounded() / 1000 }
}
