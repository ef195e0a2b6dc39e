internal import FoundationEssentials
internal import Glibc
public import MomentsCore
public import MomentsSystem
internal import Synchronization

/// Has questions answered by a command, a few at a time, each once.
public final class Judge: Sendable {
    /// Whether pictures may leave this machine.
    public var reachesNetwork: Bool {
        if case .machine = command.reach { false } else { true }
    }

    private let command: JudgeCommand
    private let memory: JudgeMemory
    private let desks: [SerialQueue]
    private let load: Mutex<[Int]>

    /// Prepares.
    ///
    /// - Parameters:
    ///   - command: How it is run.
    ///   - folder: Where its answers are kept; nobody else writes there. It is made where it is missing.
    ///   - concurrent: How many questions are asked at once.
    /// - Throws: `SystemError` where there can be no such folder.
    public init(_ command: JudgeCommand, folder: FilePath, concurrent: Int = 1) throws(SystemError) {
        self.command = command
        memory = JudgeMemory(folder: folder)
        desks = (0..<concurrent).map { _ in SerialQueue(label: "momentsd.judge") }
        load = Mutex([Int](repeating: 0, count: concurrent))
        try memory.tidy()
    }

    /// Answers a question; to be cancelled where nobody wants the answer any more.
    ///
    /// - Parameters:
    ///   - path: Where it stands below the staging folder.
    ///   - staging: The job's staging folder; absolute.
    ///   - content: What tells the video from any other, by which answers are remembered; nil for none.
    /// - Returns: The answer, or why there is none.
    public func answer(_ path: FilePath, staging: FilePath, content: String?) async -> JudgeReply {
        let isUnwanted = Flag()
        let desk = load.withLock { load in
            let desk = load.indices.min { load[$0] < load[$1] } ?? 0
            load[desk] += 1
            return desk
        }
        defer { load.withLock { $0[desk] -= 1 } }
        return await withTaskCancellationHandler {
            await desks[desk].run { [self] in
                do throws(JudgeFailure) {
                    return try reply(try JudgeInquiry(path, staging: staging), content, isUnwanted)
                } catch { return JudgeReply(error) }
            }
        } onCancel: {
            isUnwanted.raise()
        }
    }

    /// Waits until nobody is at work any more; blocks.
    public func waitUntilIdle() { for desk in desks { desk.waitUntilIdle() } }

    private func reply(
        _ inquiry: JudgeInquiry,
        _ content: String?,
        _ isUnwanted: Flag
    ) throws(JudgeFailure) -> JudgeReply {
        let question = inquiry.question
        let key = content.map { JudgeMemory.key(of: question, content: $0, command: command.words) }
        if let key, let known = memory.verdicts(on: question.windows, key) { return JudgeReply(known: known) }
        let name = key.map { JudgeMemory.name(of: question, key: $0) } ?? JobIdentifier.make()
        let place = memory.folder.appending(FilePath(name))
        do {
            let file = try Descriptor.open(place, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o600)
            // While an earlier run of it goes on, that may still answer.
            defer { if file.lock() { try? Folder.removeFile(place) } }
            let answer = try answer(inquiry, file, place, isUnwanted)
            if let key { memory.keep(answer.verdicts, key) }
            return JudgeReply(answer)
        } catch let failure as JudgeFailure { throw failure } catch {
            throw JudgeFailure("its answer cannot be kept (\(error))")
        }
    }

    /// What is in the file of an answer once nobody writes there any more, or what is written there now.
    private func answer(
        _ inquiry: JudgeInquiry,
        _ file: borrowing Descriptor,
        _ place: FilePath,
        _ isUnwanted: Flag
    ) throws -> JudgeAnswer {
        let due = MonotonicClock.now + command.timeout.inSeconds
        while !file.lock() {
            if isUnwanted.isRaised { throw JudgeFailure("nobody wanted its answer any more") }
            if MonotonicClock.now >= due { throw JudgeFailure("it is still at work on an earlier question") }
            usleep(100_000)
        }
        let roomPath = place.adding(suffix: ".room")
        defer { try? Folder.removeTree(roomPath) }
        if isUnwanted.isRaised { throw JudgeFailure("nobody wanted its answer any more") }
        if let said = try? JudgeAnswer(Self.content(of: file, place), to: inquiry.question) { return said }
        file.empty()
        let document = try MomentsJSON.document(inquiry.question)
        if case .service(let socket) = command.reach {
            let call = JudgeCall(socket: socket, timeout: command.timeout, isCancelled: { isUnwanted.isRaised })
            try call.run(document, writing: file)
            return try JudgeAnswer(Self.content(of: file, place), to: inquiry.question)
        }
        try Folder.removeTree(roomPath)
        let room = try CommandRoom(making: roomPath)
        let text = room.path.appending("question.json")
        try AtomicFile.replace(text, with: document, mode: 0o600, durable: false)
        let run = CommandRun(
            command: command.start(room: room.path, sheets: inquiry.folder),
            room: room,
            timeout: command.timeout,
            largest: JudgeAnswer.largest,
            isCancelled: { isUnwanted.isRaised }
        )
        try run.run(reading: try Descriptor.openRegular(text), writing: file)
        return try JudgeAnswer(Self.content(of: file, place), to: inquiry.question)
    }

    private static func content(of file: borrowing Descriptor, _ path: FilePath) -> Data {
        Data((try? file.read(JudgeAnswer.largest + 1, at: 0, of: path)) ?? [])
    }
}
