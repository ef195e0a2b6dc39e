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
}
