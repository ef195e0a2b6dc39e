/// Text forms of durations for people.
public enum ClockText {
    /// A duration as HH:MM:SS, rounded to the second; negative or not finite counts as 0.
    public static func hoursMinutesSeconds(_ seconds: Double) -> String {
        let whole = seconds.isFinite && seconds > 0 ? Int(min(seconds, 1e9).rounded()) : 0
        return [whole / 3600, whole / 60 % 60, whole % 60].map(twoDigits).joined(separator: ":")
    }

    /// A duration as HH:MM:SS.mmm, rounded to the millisecond; negative or not finite counts as 0.
    public static func milliseconds(_ seconds: Double) -> String {
        let whole = seconds.isFinite && seconds > 0 ? Int((min(seconds, 1e9) * 1000).rounded()) : 0
        let fraction = String(whole % 1000 + 1000).dropFirst()
        let clock = [whole / 3_600_000, whole / 60_000 % 60, whole / 1000 % 60].map(twoDigits)
        return clock.joined(separator: ":") + "." + fraction
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
