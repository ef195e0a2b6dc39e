internal import FoundationEssentials
internal import Glibc
public import MomentsCore
internal import MomentsSystem
internal import Synchronization

/// Does the errands of workers: has texts spoken and shots made by commands, so many at once as each may.
public final class Engines: Sendable {
    /// The largest text, or request, a command is given, in bytes.
    private static let largestInput = 1 << 20
    /// The most a voice may write for a sentence, in bytes.
    static let largestSound = 64 << 20
    /// The most a generator may write into its folder, in bytes.
    static let largestRoom: Int64 = 4 << 30

    private let voice: EngineDesk?
    private let generators: [String: EngineDesk]
    private let folder: FilePath

    /// Prepares.
    ///
    /// - Parameters:
    ///   - voice: Who speaks; nil for nobody.
    ///   - generators: Who makes shots, by name.
    ///   - folder: Where commands work, each in a folder of its own; nobody else writes there. It is made when it is
    ///     needed.
    public init(voice: EngineCommand?, generators: [String: EngineCommand], folder: FilePath) {
        self.voice = voice.map { EngineDesk($0) }
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
        let desk: EngineDesk
        switch errand.kind {
        case .voice:
            guard let voice else { return ErrandReply(failure: "there is none ([Voice] Command=)") }
            desk = voice
        case .generator:
            guard let found = generators[errand.engine] else {
                return ErrandReply(failure: "there is none of that name ([Generator NAME] Command=)")
            }
            desk = found
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

    /// Waits until nobody is at work any more; blocks.
    public func waitUntilIdle() { for desk in [voice].compactMap({ $0 }) + generators.values { desk.waitUntilIdle() } }

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
            let room = place.appending("room")
            try Folder.make(folder, mode: 0o700)
            try Folder.make(place, mode: 0o700)
            try Folder.make(room, mode: 0o700)
            let given = place.appending("input")
            try AtomicFile.replace(given, with: input, mode: 0o600, durable: false)
            let answer = place.appending("answer")
            let file = try Descriptor.open(answer, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
            let isVoice = errand.kind == .voice
            let run = CommandRun(
                command: command.start(
                    errand.language,
                    room: room,
                    readable: staging.appending(errand.input.parent)
                ),
                environment: WorkerEnvironment.withoutService.filter { !$0.hasPrefix("TMPDIR=") } + ["TMPDIR=\(room)"],
                timeout: command.timeout,
                largest: isVoice ? Self.largestSound : GeneratorAnswer.largest,
                isCancelled: { isUnwanted.isRaised },
                excess: {
                    Self.size(of: room) <= Self.largestRoom
                        ? nil : JudgeFailure("it wrote more than \(Self.largestRoom >> 30) GiB")
                }
            )
            try run.run(reading: try Descriptor.openRegular(given), writing: file)
            if isVoice {
                guard try file.status(answer).size > 0 else { throw JudgeFailure("it wrote nothing") }
                guard try file.status(answer).size <= Self.largestSound else {
                    throw JudgeFailure("it wrote more than \(Self.largestSound >> 10) KiB")
                }
                try Self.hand(file, answer, to: errand.output, root)
                return 0
            }
            let said = try file.read(GeneratorAnswer.largest, at: 0, of: answer)
            let (name, cost) = try GeneratorAnswer.read(said)
            let made = try RootedDirectory(room).openRegular(Self.inside(name, room))
            try Self.hand(made, name, to: errand.output, root)
            return cost
        } catch let failure as JudgeFailure { throw failure } catch {
            throw JudgeFailure("its work cannot be taken (\(error))")
        }
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

    /// The bytes of a folder's files, not of those in folders of it.
    private static func size(of folder: FilePath) -> Int64 {
        guard let opened = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
            let entries = try? Folder.entries(of: opened, path: folder)
        else { return 0 }
        return entries.reduce(0) { sum, entry in
            sum + (entry.status.kind == .folder ? size(of: folder.appending(entry.name)) : entry.status.storedBytes)
        }
    }
}
