internal import FoundationEssentials
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// Has work done by commands, which are started by whoever started this worker.
final class ErrandDesk {
    private static let folder: FilePath = ".errands"

    private let staging: FilePath
    private let interrupt: Interrupt
    private let emit: (JobEvent) -> Void
    private let reply: () -> ErrandReply?
    private var count = 0

    init(
        _ staging: FilePath,
        interrupt: Interrupt,
        emit: @escaping (JobEvent) -> Void,
        reply: @escaping () -> ErrandReply?
    ) {
        (self.staging, self.interrupt, self.emit, self.reply) = (staging, interrupt, emit, reply)
    }

    /// Has a text spoken.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - language: Its language.
    ///   - failing: Makes the error of a clause about the voice.
    /// - Returns: A file of sound.
    /// - Throws: What `failing` made, or `MediaError` when the job is stopped.
    func speak(
        _ text: String,
        _ language: StoryLanguage,
        failing: (String) -> JobError
    ) throws -> (path: FilePath, cost: Double) {
        let place = try place()
        try AtomicFile.replace(staging.appending(place).appending("text.txt"), with: (text + "\n").utf8, durable: false)
        let output = place.appending("voice.wav")
        let errand = Errand(.voice, input: place.appending("text.txt"), output: output, language: language)
        return (staging.appending(output), try run(errand, failing))
    }

    /// Has a shot made.
    ///
    /// - Parameters:
    ///   - generator: By whom.
    ///   - request: The shot; its pictures are laid beside it.
    ///   - language: The language of its text.
    ///   - failing: Makes the error of a clause about the generator.
    /// - Returns: The file that was made, of any kind, and what it cost.
    /// - Throws: As `speak`.
    func generate(
        _ generator: String,
        _ request: GeneratorRequest,
        language: StoryLanguage,
        failing: (String) -> JobError
    ) throws -> (path: FilePath, cost: Double) {
        let place = try place()
        let folder = staging.appending(place)
        let document = try MomentsJSON.document(try request.laid(into: folder))
        try AtomicFile.replace(folder.appending("request.json"), with: document, durable: false)
        let output = place.appending("shot")
        let errand = Errand(
            .generator,
            engine: generator,
            input: place.appending("request.json"),
            output: output,
            language: language
        )
        return (staging.appending(output), try run(errand, failing))
    }

    /// Has a concept turned into scenes.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - reference: A picture to keep to, laid beside the question; nil for none.
    ///   - language: The language of its words.
    ///   - failing: Makes the error of a clause about the planner.
    /// - Returns: A file with its answer, and what it cost.
    /// - Throws: As `speak`.
    func plan(
        _ question: PlannerWork.Question,
        reference: [UInt8]?,
        language: StoryLanguage,
        failing: (String) -> JobError
    ) throws -> (path: FilePath, cost: Double) {
        let place = try place()
        let folder = staging.appending(place)
        var question = question
        question.reference = try reference.map { try GeneratorRequest.lay($0, folder.appending("reference")) }
        let document = try MomentsJSON.document(question)
        try AtomicFile.replace(folder.appending("request.json"), with: document, durable: false)
        let output = place.appending("answer.json")
        let errand = Errand(.planner, input: place.appending("request.json"), output: output, language: language)
        return (staging.appending(output), try run(errand, failing))
    }

    /// Has scenes described.
    ///
    /// - Parameters:
    ///   - question: Makes what is asked, and lays its pictures into a folder.
    ///   - language: The language of its words.
    ///   - failing: Makes the error of a clause about the describer.
    /// - Returns: A file with its answer.
    /// - Throws: As `speak`.
    func describe(
        _ question: (_ folder: FilePath) throws -> some Encodable,
        language: StoryLanguage,
        failing: (String) -> JobError
    ) throws -> FilePath {
        let place = try place()
        let folder = staging.appending(place)
        let document = try MomentsJSON.document(try question(folder))
        try AtomicFile.replace(folder.appending("request.json"), with: document, durable: false)
        let output = place.appending("answer.json")
        let errand = Errand(.describer, input: place.appending("request.json"), output: output, language: language)
        _ = try run(errand, failing)
        return staging.appending(output)
    }

    /// Removes what the errands left.
    func clear() { try? Folder.removeTree(staging.appending(Self.folder)) }

    private func place() throws -> FilePath {
        // What the one before left was taken: of four hundred sounds only one is there at a time.
        if count > 0 { try Folder.removeTree(staging.appending(Self.folder).appending(FilePath("\(count)"))) }
        count += 1
        let place = Self.folder.appending("\(count)")
        // An attempt that was cut off may have left something.
        try Folder.removeTree(staging.appending(place))
        try Folder.make(staging.appending(place))
        return place
    }

    private func run(_ errand: Errand, _ failing: (String) -> JobError) throws -> Double {
        emit(.errand(errand))
        guard let reply = reply() else {
            if interrupt.isRequested { try interrupt.check("wait") }
            throw failing("nobody here starts commands")
        }
        if interrupt.isRequested { try interrupt.check("wait") }
        if let failure = reply.failure { throw failing(Escaping.line(failure)) }
        return reply.cost
    }
}
