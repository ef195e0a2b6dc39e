internal import Glibc
internal import MomentsCore

/// Numbers in the form people read.
enum Words {
    /// A number of bytes, such as "1.5 GB" (powers of 1024, as Samba and file managers show them).
    static func bytes(_ count: Int64) -> String {
        var value = Double(count)
        for unit in ["bytes", "KB", "MB", "GB"] {
            if value < 1024 { return "\(decimal(value, unit == "bytes" ? 0 : 1)) \(unit)" }
            value /= 1024
        }
        return "\(decimal(value, 1)) TB"
    }

    /// A time, such as "45 s", "12 min" or "3 h 20 min".
    static func time(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "unknown" }
        let whole = Int(seconds.rounded())
        if whole < 120 { return "\(whole) s" }
        if whole < 7200 { return "\(whole / 60) min" }
        if whole < 172_800 { return "\(whole / 3600) h \(whole / 60 % 60) min" }
        return "\(whole / 86400) days \(whole / 3600 % 24) h"
    }

    /// A share of 100 as it stands in a table: "  7 %".
    static func percent(_ progress: Double) -> String {
        let text = "\(Int(min(max(progress, 0), 100)))"
        return String(repeating: " ", count: 3 - text.count) + text + " %"
    }

    /// Text filled up, or cut, to a width in characters.
    static func column(_ text: String, _ width: Int) -> String {
        text.count > width ? text.prefix(width - 1) + "…" : text + String(repeating: " ", count: width - text.count)
    }

    /// A number with so many digits behind its point, at most three, and none when it is whole.
    static func decimal(_ value: Double, _ digits: Int) -> String {
        let scale = [1.0, 10, 100, 1000][min(max(digits, 0), 3)]
        let text = "\((value * scale).rounded() / scale)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A number with exactly so many digits behind its point, at most six: for columns.
    static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "–" }
        let scale = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000][min(max(digits, 0), 6)]
        let rounded = Int((abs(value) * Double(scale)).rounded())
        let sign = value < 0 && rounded > 0 ? "-" : ""
        guard scale > 1 else { return "\(sign)\(rounded)" }
        let fraction = "\(rounded % scale)"
        return "\(sign)\(rounded / scale)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
