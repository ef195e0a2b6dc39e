/// Times as subtitles write them.
enum CueTime {
    /// Seconds from which on nothing is read: a hundred hours.
    static let latest = 360_000.0

    /// "01:02:03,456", "02:03.456" or "1:02:03.45" in seconds; nil for anything else, and from `latest` on.
    static func seconds(_ text: Substring) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let last = parts.last else { return nil }
        var seconds = 0.0
        for part in parts.dropLast() {
            guard (1...3).contains(part.utf8.count), let number = UInt(part) else { return nil }
            seconds = seconds * 60 + Double(number)
        }
        let digits = last.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
        guard (1...2).contains(digits.count), digits[0].utf8.count <= 2, let whole = UInt(digits[0]) else { return nil }
        seconds = seconds * 60 + Double(whole)
        if digits.count == 2 {
            guard (1...9).contains(digits[1].utf8.count), let part = UInt(digits[1]) else { return nil }
            var scale = 1.0
            for _ in digits[1].utf8 { scale *= 10 }
            seconds += Double(part) / scale
        }
        return seconds < latest ? seconds : nil
    }
}
