internal import MomentsCore

/// Where dash cameras put what their sensor, or a button, told them to keep.
enum AlarmFolder {
    /// Whether a file is such a recording: by its folder and a name made of date and time, or by the letter at the end of
    /// the name (BlackVue).
    static func holds(_ path: FilePath) -> Bool {
        let name = path.stem.text
        if hasLetter(name) { return true }
        return names.contains(path.parent.name.text.lowercased()) && isDated(name)
    }

    private static let names: Set<String> = [
        "event", "events", "evt", "evt_rec", "emr", "emergency", "ro", "protected", "sos", "lock",
    ]

    /// Whether a name has eight digits for a day and six for a time, with at most one character between any two of them:
    /// "20260712_101530F", "2026_0712_101530_0001", "EVT_20260712-101530".
    private static func isDated(_ name: String) -> Bool {
        var (digits, gap) = (0, 0)
        for character in name.utf8 {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) {
                (digits, gap) = (digits + 1, 0)
                if digits == 14 { return true }
            } else {
                gap += 1
                if gap > 1 { digits = 0 }
            }
        }
        return false
    }

    /// "20260712_101530_EF": an event, seen to the front.
    private static func hasLetter(_ name: String) -> Bool {
        let parts = name.split(separator: "_", omittingEmptySubsequences: false)
        func isDigits(_ text: Substring, _ count: Int) -> Bool {
            text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) }
        }
        return parts.count == 3 && isDigits(parts[0], 8) && isDigits(parts[1], 6)
            && ["E", "EF", "ER", "EI", "EO"].contains(parts[2])
    }
}
