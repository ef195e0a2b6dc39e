internal import Dispatch
internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// One run of a hook: the event on its standard input and in its environment, within a time limit.
struct HookProcess {
    /// Why it was of no use; nil where it was.
    let failure: String?

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - words: The command.
    ///   - event: What it is told.
    ///   - limit: How long it may take; then it has five seconds to stop.
    ///   - stop: Ends it early where it becomes readable.
    ///   - say: Hears each line it says.
    init(_ words: [String], _ event: HookEvent, limit: Duration, stop: CInt, say: (String) -> Void) {
        var process: ChildProcess
        do {
            process = try ChildProcess(words.map { FilePath($0) }, environment: Self.inherited + event.variables)
        } catch {
            failure = "cannot be started: \(error.reason)"
            return
        }
        if let input = process.takeInput() { Self.feed(Array(event.input), to: input.relinquish()) }
        var lines = (output: LineSplitter(longest: 4096), errors: LineSplitter(longest: 4096))
        var isOpen = (output: true, errors: true)
        var deadline = Moment.now + limit
        var ending: String?
        while true {
            let numbers = [
                process.exit.number, isOpen.output ? process.output.number : -1,
                isOpen.errors ? process.errors.number : -1, ending == nil ? stop : -1,
            ]
            var polls = numbers.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let left = max(Duration.zero, deadline - Moment.now)
            poll(&polls, nfds_t(polls.count), CInt(clamping: left.components.seconds * 1000 + 50))
            isOpen.output = Self.hear(process.output, &lines.output, say)
            isOpen.errors = Self.hear(process.errors, &lines.errors, say)
            if polls[0].revents != 0 {
                // What it left behind ends with it, as long as the number is still its own.
                process.signalGroup(SIGKILL)
                guard let end = process.reap() else { continue }
                _ = Self.hear(process.output, &lines.output, say)
                _ = Self.hear(process.errors, &lines.errors, say)
                failure = ending ?? (end == .exited(0) ? nil : "ended with \(end)")
                return
            }
            let isStopped = polls[3].revents != 0
            guard Moment.now >= deadline || isStopped else { continue }
            if ending == nil {
                ending = isStopped ? "was stopped" : "took longer than \(limit)"
                process.signalGroup(SIGTERM)
                deadline = Moment.now + .seconds(5)
            } else {
                process.signalGroup(SIGKILL)
                deadline = Moment.now + .seconds(5)
            }
        }
    }

    /// What hooks get of our own environment: what the admin gave the unit, and nothing that speaks for this service.
    private static var inherited: [String] {
        let withheld: Set = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "JOURNAL_STREAM", "INVOCATION_ID"]
        let variables = ProcessInfo.processInfo.environment.filter { name, _ in
            !withheld.contains(name) && !name.hasPrefix("LISTEN_") && !name.hasPrefix("MOMENTS_")
        }
        return variables.map { "\($0.key)=\($0.value)" }.sorted()
    }

    /// Writes on a thread of its own: a hook that does not read must not hold up its own time limit.
    private static func feed(_ bytes: [UInt8], to number: CInt) {
        DispatchQueue.global(qos: .utility).async {
            var done = 0
            while done < bytes.count {
                let wrote = bytes.withUnsafeBytes {
                    write(number, $0.baseAddress?.advanced(by: done), bytes.count - done)
                }
                if wrote < 0 && errno == EINTR { continue }
                guard wrote > 0 else { break }
                done += wrote
            }
            close(number)
        }
    }

    /// Passes lines on; false when the pipe has ended.
    private static func hear(_ pipe: borrowing Descriptor, _ lines: inout LineSplitter, _ say: (String) -> Void) -> Bool
    {
        // However much it says, its time is looked at.
        for _ in 0..<4 {
            guard let part = try? pipe.receive(atMost: 64 << 10, from: "a hook") else { return true }
            if part.isEmpty { return false }
            for line in lines.add(part) { say(Escaping.line(String(decoding: line, as: UTF8.self))) }
        }
        return true
    }
}
