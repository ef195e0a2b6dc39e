import Glibc
import MomentsCore
import MomentsSystem

/// Waits until somebody opens a file that is there.
struct FirstOpening: ~Copyable {
    private let reports: Descriptor

    /// Listens from now on.
    init(of file: FilePath) throws(SystemError) {
        reports = Descriptor(taking: inotify_init1(CInt(IN_CLOEXEC)))
        guard inotify_add_watch(reports.number, file.text, UInt32(IN_OPEN)) >= 0 else {
            throw SystemError("watch", file, code: errno)
        }
    }

    /// Returns once it has been opened since; false where nobody did for a minute.
    func wait() async -> Bool {
        let number = reports.number
        return await SerialQueue(label: "test.opening").run {
            var report = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            return poll(&report, 1, 60_000) == 1
        }
    }
}
