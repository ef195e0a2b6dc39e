internal import Glibc
internal import MomentsCore

/// Tells where days begin in an album.
enum AlbumDays {
    /// A day ends late in the night, in seconds after midnight: who celebrates does not look at the clock.
    private static let end = 4 * 3600.0

    /// Shots in the order of recording, of which each that begins a day says so; none does where all are of one day, or
    /// where only some tell when they were recorded.
    static func marked(_ shots: [AlbumDocument.Shot]) -> [AlbumDocument.Shot] {
        let days = shots.map { $0.recorded.map(day) }
        guard days.allSatisfy({ $0 != nil }), Set(days).count > 1 else { return shots }
        var marked = shots
        for number in shots.indices where number == 0 || days[number] != days[number - 1] {
            marked[number].day = days[number]
        }
        return marked
    }

    /// The day of a moment where this machine is: "2026-07-12".
    static func day(of moment: Timestamp) -> String {
        var seconds = time_t(Double(moment.milliseconds) / 1000 - end)
        var time = tm()
        localtime_r(&seconds, &time)
        func digits(_ value: Int32) -> String { (value < 10 ? "0" : "") + String(value) }
        return "\(time.tm_year + 1900)-\(digits(time.tm_mon + 1))-\(digits(time.tm_mday))"
    }
}
