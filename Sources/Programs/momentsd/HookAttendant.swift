internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsHooks
internal import MomentsSystem
internal import MomentsSystemd
internal import Synchronization

/// Starts `momentsd --hooks` where no service manager watches the spool: in a container, or from a shell.
///
/// Under systemd momentsd-hook.path does it, and there is no attendant.
final class HookAttendant: Sendable {
    private struct State {
        var isAsked = false
        var isStopped = false
        var pid: Int32?
    }

    private let command: [FilePath]
    private let spool: HookSpool
    private let journal: Journal
    private let queue = SerialQueue(label: "momentsd.hooks.run")
    private let state = Mutex(State())

    /// Begins to attend a spool; nil where systemd started us and does it.
    ///
    /// - Parameters:
    ///   - spool: What waits.
    ///   - configuration: The file this daemon was told to read; nil for the one of the system.
    ///   - journal: Hears what cannot be started.
    init?(_ spool: HookSpool, configuration: FilePath?, journal: Journal) {
        // A shell inherits INVOCATION_ID from its own unit; this names the one process that a unit started.
        if let pid = getenv("SYSTEMD_EXEC_PID"), String(cString: pid) == "\(getpid())" { return nil }
        guard let program = try? Folder.resolved("/proc/self/exe") else { return nil }
        command = [program, "--hooks"] + (configuration.map { ["--config", Folder.absolute($0)] } ?? [])
        self.spool = spool
        self.journal = journal
    }

    /// Has told what waits, if it is not being told already; returns at once.
    func look() {
        let isNew = state.withLock { state in
            defer { state.isAsked = true }
            return !state.isAsked && !state.isStopped
        }
        if isNew { queue.async { self.attend() } }
    }

    /// Ends what runs; what waits is told after the next start.
    func stop() async {
        state.withLock { state in
            state.isStopped = true
            if let pid = state.pid { kill(-pid, SIGTERM) }
        }
        await queue.run {}
    }

    private func attend() {
        state.withLock { $0.isAsked = false }
        guard spool.hasWaiting, !state.withLock({ $0.isStopped }) else { return }
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        do {
            let process = try ChildProcess(command, environment: environment)
            let isStopped = state.withLock { state in
                state.pid = process.pid
                return state.isStopped
            }
            if isStopped { process.signalGroup(SIGTERM) }
            Self.relay(process)
            // While its number is still its own.
            state.withLock { $0.pid = nil }
            while process.reap() == nil { usleep(1000) }
        } catch { journal.write("Hooks cannot be told: \(error).", kind: .problem) }
    }

    /// Passes on what it says until it ends.
    private static func relay(_ process: borrowing ChildProcess) {
        var isOpen = true
        while true {
            var polls = [process.exit.number, isOpen ? process.errors.number : -1].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            poll(&polls, nfds_t(polls.count), -1)
            while isOpen, let part = try? process.errors.receive(atMost: 64 << 10, from: "momentsd --hooks") {
                if part.isEmpty { isOpen = false }
                _ = part.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            }
            if polls[0].revents != 0 { return }
        }
    }
}
