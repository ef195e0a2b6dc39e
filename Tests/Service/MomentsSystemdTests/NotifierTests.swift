import Glibc
import MomentsSystemd
import Testing

/// A datagram socket that plays the service manager, in the process of an exit test: the environment is the process's.
private struct Manager {
    let socket: CInt

    init() {
        socket = Glibc.socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        let name = "moments-notify-\(getpid())"
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // An abstract address: a NUL, then the name.
        withUnsafeMutableBytes(of: &address.sun_path) { $0[1...].copyBytes(from: name.utf8) }
        let size = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, size) }
        }
        precondition(bound == 0, "the manager's socket cannot be bound")
        setenv("NOTIFY_SOCKET", "@" + name, 1)
    }

    func next() -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(socket, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }
}

@Suite("telling the service manager", .timeLimit(.minutes(5)))
struct NotifierTests {
    @Test("each message has the words of sd_notify(3)")
    func messages() async {
        await #expect(processExitsWith: .success) {
            let manager = Manager()
            let notifier = Notifier()
            notifier.ready()
            precondition(manager.next() == "READY=1")
            notifier.status("1 rendering \u{1b}[31m\nREADY=0")
            precondition(manager.next() == "STATUS=1 rendering \\u{1b}[31m\\u{a}READY=0")
            notifier.watchdog()
            precondition(manager.next() == "WATCHDOG=1")
            notifier.stopping()
            precondition(manager.next() == "STOPPING=1")
            notifier.extendTimeout(by: .seconds(1.5))
            precondition(manager.next() == "EXTEND_TIMEOUT_USEC=1500000")
            notifier.reloading()
            let lines = manager.next().split(separator: "\n")
            precondition(lines.count == 2 && lines[0] == "RELOADING=1" && lines[1].hasPrefix("MONOTONIC_USEC="))
        }
    }

    @Test("without a manager nothing happens")
    func noManager() async {
        await #expect(processExitsWith: .success) {
            unsetenv("NOTIFY_SOCKET")
            unsetenv("WATCHDOG_USEC")
            Notifier().ready()
            precondition(Notifier.watchdogInterval == nil)
            precondition(ListeningSockets.take().all.isEmpty)
        }
    }

    @Test("signs of life are due at half the manager's patience")
    func watchdog() async {
        await #expect(processExitsWith: .success) {
            setenv("WATCHDOG_USEC", "30000000", 1)
            setenv("WATCHDOG_PID", "\(getpid())", 1)
            precondition(Notifier.watchdogInterval == .seconds(15))
            setenv("WATCHDOG_PID", "1", 1)
            precondition(Notifier.watchdogInterval == nil)
        }
    }
}
