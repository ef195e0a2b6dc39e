public import MomentsCore
public import MomentsMedia

/// What a file's tags tell of the recording: when, where, with what.
public struct CaptureTags: Hashable, Sendable {
    /// When the recording began; nil where the file does not say, or says a date no camera had.
    public let time: Timestamp?
    /// Where it was made, in ISO 6709 ("+52.5200+013.4050/"), as the file says it.
    public let location: String?
    /// The camera's maker.
    public let make: String?
    /// The camera's model.
    public let model: String?

    /// Reads the container's tags, then the video stream's.
    public init(_ source: MediaSource) {
        let all = [source.tags, source.video.tags]
        func first(_ keys: [String]) -> String? {
            for key in keys {
                for tags in all {
                    if let value = tags[key], !value.isEmpty { return value }
                }
            }
            return nil
        }
        // Apple's own key keeps the local time zone; the others are UTC by definition or by habit.
        let dates = ["com.apple.quicktime.creationdate", "creation_time", "date_utc", "date"]
        time = dates.lazy.compactMap { key in first([key]).flatMap(Self.timestamp) }.first
        location = first(["com.apple.quicktime.location.iso6709", "location", "location-eng"])
        make = first(["com.apple.quicktime.make", "make", "com.android.manufacturer"])
        model = first(["com.apple.quicktime.model", "model", "com.android.model"])
    }

    /// Reads RFC 3339 with whatever zone and fraction cameras write; an epoch of 1904 or 1970 is an unset clock.
    static func timestamp(_ text: String) -> Timestamp? {
        let trimmed = text.split(separator: " ").joined(separator: "T")
        guard let (clock, minutes) = zone(of: trimmed) else { return nil }
        let candidates = [clock + "Z", clock + "T00:00:00Z"]
        guard let local = candidates.lazy.compactMap(Timestamp.init(text:)).first else { return nil }
        let time = local.adding(seconds: Double(-minutes * 60))
        return time > Timestamp(milliseconds: 86_400_000) ? time : nil
    }

    /// Splits "2024-05-01T10:00:00+02:00" into its clock and the zone's minutes east of UTC.
    private static func zone(of text: String) -> (clock: String, minutes: Int)? {
        if text.hasSuffix("Z") { return (String(text.dropLast()), 0) }
        let tail = text.suffix(6)
        guard text.contains("T"), let sign = tail.lastIndex(where: { $0 == "+" || $0 == "-" }) else { return (text, 0) }
        let digits = tail[tail.index(after: sign)...].filter { $0 != ":" }
        guard digits.count == 4, let number = Int(digits) else { return (text, 0) }
        let minutes = number / 100 * 60 + number % 100
        return (String(text[..<sign]), tail[sign] == "-" ? -minutes : minutes)
    }
}
