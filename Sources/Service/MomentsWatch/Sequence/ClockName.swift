internal import MomentsCore

/// A name that dash cameras give: date, time, and which camera it is: "20260712_101500F.MP4", "2026_0712_101500_0001R.MP4";
/// or drones, which count as well: "DJI_20260712101500_0007_D.MP4".
struct ClockName: Hashable, Comparable {
    let path: FilePath
    /// What is the same in all files of a camera: where they lie, and its letter.
    let camera: Camera
    /// Seconds since 1970, by the camera's clock.
    let time: Int64
    /// The file's number, of cameras that begin another file only where one becomes too large; nil for others.
    let number: Int64?

    struct Camera: Hashable {
        /// The folder, or the one above it where it is one of those that a camera sorts into.
        let folder: FilePath
        let letter: String
        let ending: String
        let isSorted: Bool
    }

    /// Reads a name; nil where it is none of a dash camera's.
    init?(_ path: FilePath) {
        guard let stem = path.name.stem.exactText, let whole = path.name.exactText else { return nil }
        let ending = whole.dropFirst(stem.count + 1).lowercased()
        guard ["mp4", "mov", "ts", "avi", "mkv"].contains(ending) else { return nil }
        if let drone = Self.drone(stem) {
            number = drone.number
            time = drone.time
            camera = Camera(folder: path.parent, letter: drone.lens, ending: ending, isSorted: false)
            self.path = path
            return
        }
        var (digits, gap, used): ([Int64], Int, Int) = ([], 0, 0)
        for character in stem.utf8 {
            used += 1
            if (48...57).contains(character) {
                digits.append(Int64(character) - 48)
                gap = 0
                if digits.count == 14 { break }
            } else {
                gap += 1
                if gap > 1 { digits = [] }
            }
        }
        guard digits.count == 14, let time = Self.seconds(digits) else { return nil }
        let rest = stem.utf8.dropFirst(used)
        let letters = String(decoding: rest, as: UTF8.self).filter(\.isLetter)
        let letter = letters.count <= 2 ? String(letters.suffix(1)).uppercased() : letters.lowercased()
        let isSorted = Self.folders.contains(path.parent.name.text.lowercased())
        // Phones name their videos by the clock as well.
        guard isSorted || Self.letters.contains(letter) else { return nil }
        camera = Camera(
            folder: isSorted ? path.parent.parent : path.parent,
            letter: letter,
            ending: ending,
            isSorted: isSorted
        )
        self.time = time
        number = nil
        self.path = path
    }

    /// In the order of recording.
    static func < (one: ClockName, other: ClockName) -> Bool {
        (one.number ?? one.time, one.time, one.path) < (other.number ?? other.time, other.time, other.path)
    }

    /// Whether a name, and the size of its file, allow another one to go on with it.
    func mayGoOn(with other: ClockName, size: Int64) -> Bool {
        guard let number, let next = other.number else { return (1...3600).contains(other.time - time) }
        return next == number + 1 && size >= Self.large && (0...24 * 3600).contains(other.time - time)
    }

    /// What drones fill before they begin another file is larger, in bytes.
    private static let large: Int64 = 1_900_000_000

    /// Reads the name of a drone's file without its ending: DJI_, date and time, number, lens, and perhaps more.
    private static func drone(_ stem: String) -> (time: Int64, number: Int64, lens: String)? {
        let pieces = stem.split(separator: "_", omittingEmptySubsequences: false)
        guard (3...5).contains(pieces.count), pieces[0].uppercased() == "DJI", pieces[1].utf8.count == 14,
            pieces[2].utf8.count == 4, pieces[1...2].allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let time = seconds(pieces[1].utf8.map { Int64($0) - 48 }), let number = Int64(pieces[2])
        else { return nil }
        return (time, number, "DJI " + pieces.dropFirst(3).joined(separator: "_").uppercased())
    }

    /// The folders in which other files of the camera can lie, where it sorts into several.
    static func isSorting(_ folder: FilePath) -> Bool { folders.contains(folder.name.text.lowercased()) }

    private static let letters: Set<String> = ["F", "R", "I", "B", "front", "rear", "back", "inside"]

    private static let folders: Set<String> = [
        "normal", "event", "events", "evt", "evt_rec", "cont_rec", "emr", "emergency", "ro", "protected", "sos", "lock",
        "parking", "park", "movie", "driving", "record", "continuous",
    ]

    private static func seconds(_ digits: [Int64]) -> Int64? {
        func number(_ range: Range<Int>) -> Int64 { digits[range].reduce(0) { $0 * 10 + $1 } }
        let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard (2000...2100).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            second < 60
        else { return nil }
        // Days since 1970 in the calendar of today; March begins the year, so that leap days end it.
        let shifted = month <= 2 ? year - 1 : year
        let days =
            365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day
        return (days - 719_469) * 86_400 + hour * 3600 + minute * 60 + second
    }
}
