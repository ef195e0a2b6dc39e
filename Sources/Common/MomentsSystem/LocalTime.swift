internal import Glibc

/// The clock on the wall, in the zone this machine is set to.
public enum LocalTime {
    /// The day here, in days since 1970.
    public static var day: Int {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        return (Int(now) + parts.tm_gmtoff) / 86_400
    }

    /// Seconds since local midnight, 0–86,399.
    public static var secondOfDay: Int {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        return Int(parts.tm_hour) * 3600 + Int(parts.tm_min) * 60 + min(59, Int(parts.tm_sec))
    }
}
