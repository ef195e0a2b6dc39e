internal import CLinux
internal import Glibc

/// What a process used, together with everything it started and waited for.
public struct ProcessUsage: Hashable, Sendable {
    /// Seconds of processor time, of all threads and of the kernel for them.
    public let processorSeconds: Double
    /// The most memory one of the processes had resident, in bytes.
    public let peakMemory: Int64

    /// Reads what wait4(2) gave.
    init(_ usage: rusage) {
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
        processorSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        peakMemory = Int64(usage.ru_maxrss) * 1024
    }

    /// Seconds of processor time a process has used so far, all its threads together.
    ///
    /// - Parameter pid: The process; one of another user, or one that has ended, gives nil.
    /// - Returns: The seconds, without those of processes it started.
    public static func processorSeconds(of pid: Int32) -> Double? {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else { return nil }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
