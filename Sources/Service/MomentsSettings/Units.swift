internal import MomentsCore

/// Numbers as people write them: with units, in words.
package enum Units {
    /// A time in seconds: "90", "90s", "1h 30min", "1.5h", "500ms"; nil for anything else.
    package static func seconds(_ text: String) -> Double? {
        sum(of: text, plain: 1) { unit in
            switch unit {
            case "ms", "msec": 0.001
            case "s", "sec", "second", "seconds": 1
            case "m", "min", "minute", "minutes": 60
            case "h", "hr", "hour", "hours": 3600
            case "d", "day", "days": 86400
            case "w", "week", "weeks": 7 * 86400
            default: nil
            }
        }
    }

    /// A size in bytes: "1048576", "500M", "5G", "1.5 GiB"; units are powers of 1024; nil for anything else.
    static func bytes(_ text: String) -> Int64? {
        let sum = sum(of: text, plain: 1) { unit in
            switch unit {
            case "B": 1
            case "K", "KB", "KiB": 1024
            case "M", "MB", "MiB": 1_048_576
            case "G", "GB", "GiB": 1_073_741_824
            case "T", "TB", "TiB": 1_099_511_627_776
            default: nil
            }
        }
        guard let sum, sum <= 0x1p62 else { return nil }
        return Int64(sum.rounded())
    }

    /// A number of digits with at most one point, and nothing else: no sign, no exponent, no "nan".
    static func number(_ text: some StringProtocol) -> Double? {
        guard !text.isEmpty, text.utf8.count <= 20 else { return nil }
        let digits = text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") }
        return digits ? Double(text) : nil
    }

    /// A switch: yes, true, on, 1 or no, false, off, 0, in any case.
    static func onOff(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "yes", "true", "on", "1": true
        case "no", "false", "off", "0": false
        default: nil
        }
    }

    /// A moment on a video's clock: "HH:MM:SS.mmm", "MM:SS", or a time with units.
    package static func clock(_ text: String) -> Double? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 1 { return seconds(text) }
        guard parts.count <= 3 else { return nil }
        var total = 0.0
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            guard let value = number(part), isLast || !part.contains("."), index == 0 || value < 60 else { return nil }
            total = total * 60 + value
        }
        return total
    }

    /// Splits a command into words as a shell does: blanks separate, quotes and backslashes keep together.
    ///
    /// - Parameter text: The command.
    /// - Returns: Its words, or nil when a quote or a backslash stays open.
    static func words(_ text: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var escaped = false
        for character in text {
            if escaped {
                word = (word ?? "") + String(character)
                escaped = false
            } else if character == "\\" && quote != "'" {
                escaped = true
                word = word ?? ""
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character == " " || character == "\t" {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let done = word { words.append(done) }
        return quote == nil && !escaped ? words : nil
    }

    private static func sum(of text: String, plain: Double, unit: (String) -> Double?) -> Double? {
        var rest = text[...]
        var total = 0.0
        var terms = 0
        while true {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { return terms > 0 ? total : nil }
            let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
            guard let value = number(digits) else { return nil }
            rest = rest[digits.endIndex...].drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            // A number without a unit stands alone: "1h 30" could mean anything.
            guard !name.isEmpty || (terms == 0 && rest.isEmpty) else { return nil }
            guard let factor = name.isEmpty ? plain : unit(String(name)) else { return nil }
            rest = rest[name.endIndex...]
            total += value * factor
            terms += 1
        }
    }
}
