internal import CLinux
internal import Glibc

/// The clock for waiting: it never jumps, and means nothing outside this boot.
public enum MonotonicClock {
    /// Seconds since some moment in the past.
    public static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
