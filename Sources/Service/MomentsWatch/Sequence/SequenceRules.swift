public import MomentsCore

/// How cameras name the files of a recording that they, or the file system, cut into several: one table.
///
/// A name alone proves nothing; `PartFacts` are held against it.
public enum SequenceRules {
    /// Why one file may go on with another.
    public enum Rule: String, Sendable, CaseIterable {
        /// GoPro: GX010012.MP4, GX020012.MP4; GH, GS (.360); GOPR0012.MP4, GP010012.MP4 of older ones.
        case chapter
        /// AVCHD: 00001.MTS, 00002.MTS, cut anywhere; each recording has a clock of its own.
        case transport
        /// DJI, Canon, Nikon, Panasonic and others: names that count on, cut where a file would become too large.
        case full
        /// Dash cameras: names that are date and time, also across their folders for alarms.
        case clock
    }

    /// The names a file may have that this one goes on with, or that goes on with this one.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - step: −1 for the file before, 1 for the one behind.
    /// - Returns: The path and the rule; nil where no name that counts says so.
    public static func neighbour(of path: FilePath, _ step: Int) -> (path: FilePath, rule: Rule)? {
        guard let name = Name(path) else { return nil }
        func found(_ stem: String, _ rule: Rule) -> (path: FilePath, rule: Rule) {
            (path.parent.appending(FilePath("\(stem).\(name.ending)")), rule)
        }
        let kind = name.ending.lowercased()
        if ["mp4", "360", "lrv"].contains(kind), let chapter = chapter(name.stem) {
            return Self.chapter(chapter, step).map { found($0, .chapter) }
        }
        let digits = name.stem.reversed().prefix { $0.isASCII && $0.isNumber }.count
        guard (3...8).contains(digits), let number = Int(name.stem.suffix(digits)), number + step >= 0 else {
            return nil
        }
        let text = String(number + step)
        guard text.count <= digits else { return nil }
        let stem = name.stem.dropLast(digits) + String(repeating: "0", count: digits - text.count) + text
        if ["mts", "m2ts", "m2t"].contains(kind) { return found(String(stem), .transport) }
        guard ["mp4", "mov", "m4v"].contains(kind), name.stem.count > digits, ClockName(path) == nil else { return nil }
        return found(String(stem), .full)
    }

    /// Whether a file's name is one of those by which a recording may have others.
    public static func mayHaveOthers(_ path: FilePath) -> Bool {
        neighbour(of: path, -1) != nil || neighbour(of: path, 1) != nil || ClockName(path) != nil
    }

    /// Whether a file goes on with another one.
    ///
    /// - Parameters:
    ///   - rule: What their names say.
    ///   - before: The first one.
    ///   - size: Its size in bytes.
    ///   - after: The other one.
    /// - Returns: Whether everything else says so too.
    static func goesOn(_ rule: Rule, _ before: PartFacts, size: Int64, _ after: PartFacts) -> Bool {
        guard before.streams == after.streams else { return false }
        switch rule {
        case .chapter: return isClockFit(before, after)
        case .transport:
            guard let end = before.lastClock, let start = after.firstClock else { return false }
            let wrap = Double(1 << 33) / 90_000
            var gap = (start - end).truncatingRemainder(dividingBy: wrap)
            if gap > wrap / 2 { gap -= wrap } else if gap < -wrap / 2 { gap += wrap }
            return (-0.5...1).contains(gap)
        case .full: return isFull(size) && isClockFit(before, after)
        case .clock: return true
        }
    }

    /// Whether minutes of a dash camera follow each other.
    ///
    /// - Parameters:
    ///   - distance: Seconds between the times in their names.
    ///   - before: The first one.
    ///   - after: The other one.
    /// - Returns: Whether the second begins when the first ends, and that was cut by the clock.
    static func followsAtOnce(_ distance: Int64, _ before: PartFacts, _ after: PartFacts) -> Bool {
        guard before.streams == after.streams, let length = before.duration, length >= 8 else { return false }
        // They are cut by the clock; what ends earlier was ended by somebody.
        let even = (length / 5).rounded() * 5
        return abs(length - even) <= 1.2 && abs(Double(distance) - length) <= 2
    }

    /// Whether a file of a camera that counts and dates its files goes on with the one before, which is as large as a file
    /// may become: it begins when that one ends, or has its time.
    static func followsFull(_ distance: Int64, _ before: PartFacts, _ after: PartFacts) -> Bool {
        guard before.streams == after.streams, let length = before.duration else { return false }
        return distance == 0 || abs(Double(distance) - length) <= 3
    }

    /// Files of one recording were made at once, or the later ones when the earlier ones ended.
    private static func isClockFit(_ before: PartFacts, _ after: PartFacts) -> Bool {
        guard let first = before.created, let second = after.created else { return true }
        let longest = max(0, before.duration ?? 0, after.duration ?? 0)
        return (-2...longest + 10).contains(Double(second - first))
    }

    /// Whether a file is as large as a memory card's file system, or a camera, lets files be: near 2 or 4 GiB.
    static func isFull(_ size: Int64) -> Bool {
        (3_500_000_000...4_400_000_000).contains(size) || (1_900_000_000...2_200_000_000).contains(size)
    }

    private static func chapter(_ stem: String) -> (letters: String, chapter: Int, recording: String)? {
        let letters = String(stem.prefix(2))
        let rest = stem.dropFirst(2)
        if stem.count == 8, stem.uppercased().hasPrefix("GOPR"), rest.dropFirst(2).allSatisfy(\.isNumber) {
            return (stem.hasPrefix("g") ? "gp" : "GP", 0, String(stem.suffix(4)))
        }
        guard stem.count == 8, ["GX", "GH", "GS", "GL", "GP"].contains(letters.uppercased()),
            rest.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(rest.prefix(2)), number > 0
        else { return nil }
        return (letters, number, String(rest.suffix(4)))
    }

    private static func chapter(_ name: (letters: String, chapter: Int, recording: String), _ step: Int) -> String? {
        let number = name.chapter + step
        if name.letters.uppercased() == "GP", number == 0 {
            return (name.letters.hasPrefix("g") ? "gopr" : "GOPR") + name.recording
        }
        guard (1...99).contains(number) else { return nil }
        return "\(name.letters)\(number < 10 ? "0" : "")\(number)\(name.recording)"
    }

    /// A name in two.
    private struct Name {
        let stem: String
        let ending: String

        init?(_ path: FilePath) {
            let stem = path.name.stem
            guard let whole = path.name.exactText, let text = stem.exactText, whole.count > text.count + 1 else {
                return nil
            }
            self.stem = text
            ending = String(whole.dropFirst(text.count + 1))
        }
    }
}
