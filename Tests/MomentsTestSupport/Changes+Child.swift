public import Glibc
internal import MomentsSystem

extension Changes {
    /// Counts that a process is stopped, or goes on again, once, whenever it does; one that ends counts as well.
    ///
    /// - Parameters:
    ///   - child: A process that this one has started.
    ///   - change: `WSTOPPED` or `WCONTINUED`.
    public func follow(_ child: pid_t, until change: CInt) {
        // Nobody else hears of the process here: it is left to be waited for.
        SerialQueue(label: "test.child").async { [self] in
            var info = siginfo_t()
            waitid(P_PID, id_t(child), &info, change | WEXITED | WNOWAIT)
            announce()
        }
    }
}
