internal import Glibc
internal import MomentsCore
public import MomentsSystem

/// Tells hooks what waits in a spool: one event at a time, again with growing pauses where a hook fails.
///
/// It is a process of its own, so that neither a hook's time nor its failure touches the service.
public struct HookRunner {
    /// The pauses after the first failure, the second and so on; after the last one the event is given up.
    public static let ordinaryPauses: [Duration] = [
        .seconds(10), .seconds(60), .seconds(600), .seconds(3600), .seconds(6 * 3600),
    ]

    private let spool: HookSpool
    private let commands: HookCommands
    private let pauses: [Duration]
    private let say: (String, Bool) -> Void

    /// Prepares a runner.
    ///
    /// - Parameters:
    ///   - spool: What waits.
    ///   - commands: What is run.
    ///   - pauses: The pauses between attempts.
    ///   - say: Hears one sentence each, and whether it is about a failure.
    public init(
        _ spool: HookSpool,
        _ commands: HookCommands,
        pauses: [Duration] = Self.ordinaryPauses,
        say: @escaping (String, Bool) -> Void
    ) {
        self.spool = spool
        self.commands = commands
        self.pauses = pauses
        self.say = say
    }

    /// Runs hooks until nothing waits any more.
    ///
    /// - Parameter stop: Ends it early where it becomes readable; what waits stays.
    /// - Throws: `SystemError` when the spool cannot be read or written.
    public func run(until stop: borrowing Descriptor) throws {
        let stop = stop.number
        let arrivals = Descriptor(taking: inotify_init1(CInt(IN_CLOEXEC | IN_NONBLOCK)))
        _ = inotify_add_watch(arrivals.number, spool.folder.text, UInt32(IN_MOVED_TO))
        while true {
            // Before looking: what comes in between is seen by the next look.
            while let seen = try arrivals.receive(atMost: 64 << 10, from: spool.folder), !seen.isEmpty {}
            var next: Timestamp?
            let names = try spool.names()
            if names.isEmpty { return }
            for name in names {
                if Self.isReadable(stop) { return }
                guard let due = try tell(name, stop) else { continue }
                next = min(next ?? due, due)
            }
            guard let next else { continue }
            let pause = max(0, next.seconds(since: .now))
            var polls = [
                pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
                pollfd(fd: arrivals.number, events: Int16(POLLIN), revents: 0),
            ]
            poll(&polls, 2, CInt(clamping: Int(min(pause, 3600) * 1000) + 1))
            if polls[0].revents != 0 { return }
        }
    }

    /// Tells one event, if it is time.
    ///
    /// - Returns: When it is to be tried again; nil where it is done with.
    private func tell(_ name: FilePath, _ stop: CInt) throws -> Timestamp? {
        guard var event = spool.read(name) else {
            say("'\(name.display)' in \(spool.folder.display) is no event and is removed.", true)
            try spool.remove(name)
            return nil
        }
        if let due = event.due, due > .now { return due }
        guard let words = commands[event.kind] else {
            try spool.remove(name)
            return nil
        }
        let what = "The hook for '\(event.kind.rawValue)' (\(Escaping.excerpt(words[0])))"
        let said = event.job.map { " of '\($0.source.path.display)'" } ?? ""
        let process = HookProcess(words, event, limit: commands.timeLimit, stop: stop) {
            say("\(words[0]): \($0)", false)
        }
        guard let failure = process.failure else {
            say("\(what)\(said) is done.", false)
            try spool.remove(name)
            return nil
        }
        // Whoever stops the runner is not to cost the event an attempt.
        if Self.isReadable(stop) { return .now }
        guard event.failures < pauses.count else {
            say("\(what)\(said) \(failure); it failed \(event.failures + 1) times and is given up.", true)
            try spool.remove(name)
            return nil
        }
        let pause = pauses[event.failures]
        event.failures += 1
        let due = Timestamp(milliseconds: Timestamp.now.milliseconds + Int64(pause.inSeconds * 1000))
        event.due = due
        say("\(what)\(said) \(failure); it is tried again at \(due).", true)
        try spool.write(event, to: name)
        return due
    }

    private static func isReadable(_ descriptor: CInt) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }
}
