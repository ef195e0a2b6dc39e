internal import FoundationEssentials
internal import Glibc
public import MomentsCore
internal import MomentsSystem
internal import Synchronization

/// Does the errands of workers: has texts spoken, concepts planned and shots made by commands, so many at once as each may.
public final class Engines: Sendable {
    /// The largest text, or request, a command is given, in bytes.
    private static let largestInput = 1 << 20
    /// The most a voice may write for a sentence, in bytes.
    static let largestSound = 64 << 20
    /// The most a planner, or a describer, may write, in bytes.
    private static let largestPlan = 256 << 10

    private let voice: EngineDesk?
    private let planner: EngineDesk?
    private let describer: EngineDesk?
    private let generators: [String: EngineDesk]
    private let folder: FilePath

    /// Prepares.
    ///
    /// - Parameters:
    ///   - voice: Who speaks; nil for nobody.
    ///   - planner: Who turns concepts into scenes; nil for nobody.
    ///   - describer: Who says what scenes show; nil for nobody.
    ///   - generators: Who makes shots, by name.
    ///   - folder: Where commands work, each in a folder of its own; nobody else writes there. It is made when it is
    ///     needed.
    public init(
        voice: EngineCommand?,
        planner: EngineCommand? = nil,
        describer: EngineCommand? = nil,
        generators: [String: EngineCommand],
        folder: FilePath
    ) {
        self.voice = voice.map { EngineDesk($0) }
        self.planner = planner.map { EngineDesk($0) }
        self.describer = describer.map { EngineDesk($0) }
        self.generators = generators.mapValues { EngineDesk($0) }
        self.folder = folder
    }

    /// Does an errand; to be cancelled where nobody wants it any more.
    ///
    /// - Parameters:
    ///   - errand: What is to be done, as a worker wrote it, who may be in the hands of whoever made the story.
    ///   - staging: The job's staging folder; absolute.
    /// - Returns: What came of it; the output is there where it says so.
    public func run(_ errand: Errand, staging: FilePath) async -> ErrandReply {
        let isUnwanted = Flag()
        guard let desk = desk(of: errand) else {
            return ErrandReply(failure: Self.absence(of: errand.kind))
        }
        return await withTaskCancellationHandler {
            await desk.run { [self] in
                do throws(JudgeFailure) {
                    return ErrandReply(cost: try work(errand, desk.command, staging, isUnwanted))
                } catch { return ErrandReply(failure: error.what) }
            }
        } onCancel: {
            isUnwanted.raise()
        }
    }

    private static func absence(of kind: Errand.Kind) -> String {
        switch kind {
        case .voice: "there is none ([Voice] Command=)"
        case .planner: "there is none ([Planner] Command=)"
        case .describer: "there is none ([Subjects] Describe=)"
        case .generator: "there is none of that name ([Generator NAME] Command=)"
        }
    }

    private func desk(of errand: Errand) -> EngineDesk? {
        switch errand.kind {
        case .voice: voice
        case .planner: planner
        case .describer: describer
        case .generator: generators[errand.engine]
        }
    }

    /// What of a job leaves this machine by an errand, as a sentence; nil where nothing does.
    public func leaving(_ errand: Errand) -> String? {
        guard let desk = desk(of: errand), desk.command.hidden == nil else { return nil }
        return switch errand.kind {
        case .voice: "its words are given to the voice, which reaches the network ([Voice] Network=yes)"
        case .planner: "its concept is given to the planner, which reaches the network ([Planner] Network=yes)"
        case .describer:
            "stills of it are shown to the describer, which reaches the network ([Subjects] DescribeNetwork=yes)"
        case .generator:
            "words and pictures of it are given to the generator '\(errand.engine)', which reaches the network "
                + "([Generator \(errand.engine)] Network=yes)"
        }
    }

    /// Why an errand of a job is not to be done; nil where it may be.
    ///
    /// - Parameters:
    ///   - errand: What is to be done.
    ///   - blur: Who is to be unrecognizable in what the job makes.
    /// - Returns: What the worker is told then.
    public func refusal(of errand: Errand, where blur: SubjectBlur) -> ErrandReply? {
        // A voice is given words only.
        guard blur != .off, errand.kind != .voice, leaving(errand) != nil else { return nil }
        return ErrandReply(
            failure: "it reaches the network, and no pictures are given away where \(blur.rawValue) are to be blurred "
                + "([Subjects] Blur=)"
        )
    }

    /// Waits until nobody is at work any more; blocks.
    public func waitUntilIdle() {
        for desk in [voice, planner, describer].compactMap({ $0 }) + generators.values { desk.waitUntilIdle() }
    }

    private func work(
        _ errand: Errand,
        _ command: EngineCommand,
        _ staging: FilePath,
        _ isUnwanted: Flag
    ) throws(JudgeFailure) -> Double {
        if isUnwanted.isRaised { throw JudgeFailure("nobody wanted its work any more") }
        if let trouble = command.trouble { throw JudgeFailure(trouble) }
        let root = RootedDirectory(staging)
        let input = try Self.input(errand, root)
        let place = folder.appending(FilePath(JobIdentifier.make()))
        defer { try? Folder.removeTree(place) }
        do {
            try Folder.make(folder, mode: 0o700)
            try Folder.make(place, mode: 0o700)
            let room = try CommandRoom(making: place.appending("room"))
            let given = place.appending("input")
            try AtomicFile.replace(given, with: input, mode: 0o600, durable: false)
            let answer = place.appending("answer")
            let file = try Descriptor.open(answer, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
            let largest = Self.largest(of: errand.kind)
            let run = CommandRun(
                command: command.start(
                    errand.language,
                    room: room.path,
                    readable: staging.appending(errand.input.parent)
                ),
                room: room,
                timeout: command.timeout,
                largest: largest,
                isCancelled: { isUnwanted.isRaised }
            )
            try run.run(reading: try Descriptor.openRegular(given), writing: file)
            if errand.kind == .generator { return try Self.takeVideo(named: file, answer, in: room, for: errand, root) }
            guard try file.status(answer).size > 0 else { throw JudgeFailure("it wrote nothing") }
            guard try file.status(answer).size <= largest else {
                throw JudgeFailure("it wrote more than \(largest >> 10) KiB")
            }
            try Self.hand(file, answer, to: errand.output, root)
            return 0
        } catch let failure as JudgeFailure { throw failure } catch {
            throw JudgeFailure("its work cannot be taken (\(error))")
        }
    }

    /// The most bytes a command may write: what a generator makes stands in its folder, what others make they write.
    private static func largest(of kind: Errand.Kind) -> Int {
        switch kind {
        case .voice: largestSound
        case .planner, .describer: largestPlan
        case .generator: GeneratorAnswer.largest
        }
    }

    /// Hands on the video that a generator names in its answer, and tells what it cost.
    private static func takeVideo(
        named answer: borrowing Descriptor,
        _ name: FilePath,
        in room: CommandRoom,
        for errand: Errand,
        _ root: RootedDirectory
    ) throws -> Double {
        let said = try answer.read(GeneratorAnswer.largest, at: 0, of: name)
        let (video, cost) = try GeneratorAnswer.read(said)
        // Between two looks it may have written on; and of a file with holes little is stored, but all is copied.
        if let excess = room.excess { throw excess }
        let made = try RootedDirectory(room.path).openRegular(inside(video, room.path))
        guard try made.status(video).size <= CommandRoom.largest else { throw CommandRoom.tooMuch }
        try hand(made, video, to: errand.output, root)
        return cost
    }

    /// A file's name in the room, whether it was named whole or not.
    private static func inside(_ name: FilePath, _ room: FilePath) -> FilePath {
        name.isAbsolute ? name.relative(to: room) ?? name.name : name
    }

    private static func input(_ errand: Errand, _ root: RootedDirectory) throws(JudgeFailure) -> [UInt8] {
        let paths = [errand.input, errand.output]
        let isPlain = paths.allSatisfy { path in
            path.components.count == 3 && !path.isAbsolute && !path.components.contains("..")
        }
        guard isPlain, errand.input.parent == errand.output.parent,
            let bytes = try? root.openRegular(errand.input).read(largestInput + 1, at: 0, of: errand.input),
            bytes.count <= largestInput
        else { throw JudgeFailure("what it was to be given cannot be read") }
        return bytes
    }

    /// Copies what was made to where the worker finds it; whatever stands there is refused.
    private static func hand(
        _ file: borrowing Descriptor,
        _ name: FilePath,
        to output: FilePath,
        _ root: RootedDirectory
    ) throws(SystemError) {
        let target = Descriptor(
            taking: try root.holding(output) { path throws(SystemError) in
                try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600).relinquish()
            }
        )
        var place: Int64 = 0
        while true {
            let bytes = try file.read(1 << 20, at: place, of: name)
            if bytes.isEmpty { return }
            try target.write(bytes, to: output)
            place += Int64(bytes.count)
        }
    }
}
