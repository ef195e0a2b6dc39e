internal import FoundationEssentials
internal import Glibc
public import MomentsCore
public import MomentsSystem
internal import Synchronization

/// What people's edits taught, in the state folder: for each folder or preset one file to which lines are added.
///
/// A file never holds more than the newest 2,000 judgments. One that is damaged is set aside, and what can be read of it
/// goes on in a new one. Safe from any thread and beside other processes; writing takes as long as the disk does.
public final class TasteStore: Sendable {
    /// What a file holds.
    public struct Content: Sendable {
        /// The judgments, the oldest first.
        public let judgments: [Judgment]
        /// What was damaged, and what became of it: one sentence; nil where all is well.
        public let trouble: String?
    }

    /// More judgments are not kept of one subject.
    public static let most = 2000
    /// What was merely left as it was is kept in so many of them.
    private static let mostKept = 300
    /// How many stay when there are too many, so that not every edit writes all of them.
    private static let afterwards = 1700
    /// The largest file that is read, in bytes.
    private static let largest = 16 << 20

    private let folder: FilePath
    private let known = Mutex<[FilePath: (status: FileStatus, taste: Taste)]>([:])

    /// Names the folder; it is made with the first judgment.
    public init(folder: FilePath) { self.folder = folder }

    /// Everybody of whom something was learnt.
    public func subjects() -> [TasteSubject] {
        let names = (try? Folder.names(in: folder)) ?? []
        return names.sorted().compactMap { TasteSubject(fileName: $0) }
    }

    /// The taste of a subject, and what is wrong with its file.
    public func taste(of subject: TasteSubject) -> (taste: Taste, trouble: String?) {
        let file = folder.appending(subject.fileName)
        guard let status = try? FileStatus.of(file) else { return (.none, nil) }
        if let found = known.withLock({ $0[file] }), found.status == status { return (found.taste, nil) }
        let content = content(of: subject)
        let taste = Self.taste(from: content.judgments)
        if content.trouble == nil { known.withLock { $0[file] = (status, taste) } }
        return (taste, content.trouble)
    }

    /// The taste that judgments amount to, with its version.
    public static func taste(from judgments: [Judgment]) -> Taste {
        let taste = TasteFit.taste(from: judgments)
        guard taste.edits > 0 else { return .none }
        var digest = SHA256()
        for (name, weight) in taste.weights.sorted(by: { $0.key < $1.key }) {
            digest.update(Array("\(name) \(weight)\n".utf8))
        }
        return Taste(edits: taste.edits, version: String(digest.finish().prefix(8)), weights: taste.weights)
    }

    /// What is kept of a subject; what is damaged is set aside.
    public func content(of subject: TasteSubject) -> Content {
        guard let lock = try? lock() else { return read(folder.appending(subject.fileName)) }
        defer { withExtendedLifetime(lock.number) {} }
        return read(folder.appending(subject.fileName))
    }

    /// Adds what was learnt; too many make the oldest go.
    ///
    /// - Returns: What was damaged before; nil where all is well.
    /// - Throws: `SystemError` where it cannot be written; what was there before stays.
    public func add(_ judgments: [Judgment], to subject: TasteSubject) throws(SystemError) -> String? {
        guard !judgments.isEmpty else { return nil }
        try Folder.make(folder, mode: 0o700)
        let lock = try lock()
        defer { withExtendedLifetime(lock.number) {} }
        let file = folder.appending(subject.fileName)
        let content = read(file)
        if content.judgments.count + judgments.count > Self.most {
            try replace(file, with: Self.bounded(content.judgments + judgments))
            return content.trouble
        }
        var log = LineLog(file)
        _ = log.read(Nothing.self)
        for (place, judgment) in judgments.enumerated() {
            try log.add(judgment, durable: place == judgments.count - 1)
        }
        give(file)
        return content.trouble
    }

    /// Puts judgments in place of all there are; none removes the file.
    public func replace(_ subject: TasteSubject, with judgments: [Judgment]) throws(SystemError) {
        try Folder.make(folder, mode: 0o700)
        let lock = try lock()
        defer { withExtendedLifetime(lock.number) {} }
        let file = folder.appending(subject.fileName)
        if judgments.isEmpty {
            do { try Folder.removeFile(file) } catch { if !error.isMissing { throw error } }
        } else {
            try replace(file, with: Self.bounded(judgments))
        }
    }

    private struct Nothing: Decodable {}

    /// The newest, without those that a later job's replaced; what was merely left as it was goes first.
    static func bounded(_ judgments: [Judgment]) -> [Judgment] {
        guard judgments.count > most else { return judgments }
        let last = judgments.reduce(into: [:]) { $0[$1.video] = $1.job }
        let current = judgments.filter { last[$0.video] == $0.job }
        let edits = current.indices.filter { current[$0].kind == .edit }
        let kept = current.indices.filter { current[$0].kind == .kept }.suffix(mostKept)
        let places = edits.suffix(max(0, afterwards - kept.count)) + kept
        return places.sorted().map { current[$0] }
    }

    private func read(_ file: FilePath) -> Content {
        let bytes: [UInt8]
        do {
            let opened = try Descriptor.openRegular(file)
            bytes = try opened.read(Self.largest + 1, at: 0, of: file)
        } catch {
            if error.isMissing { return Content(judgments: [], trouble: nil) }
            return Content(judgments: [], trouble: setAside(file, "it cannot be read (\(error.reason))", rest: []))
        }
        guard bytes.count <= Self.largest else {
            return Content(judgments: [], trouble: setAside(file, "it is far too large", rest: []))
        }
        // What a power failure tore off is the last line, and no damage.
        let end = (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        let lines = bytes[..<end].split(separator: UInt8(ascii: "\n"))
        var judgments: [Judgment] = []
        for line in lines where line.count <= Judgment.longest {
            if let judgment = try? MomentsJSON.decode(Judgment.self, from: Data(line)) { judgments.append(judgment) }
        }
        let damaged = lines.count - judgments.count
        guard damaged > 0 else { return Content(judgments: judgments, trouble: nil) }
        let reason = "\(damaged) of its \(lines.count) lines \(damaged == 1 ? "is" : "are") damaged"
        return Content(judgments: judgments, trouble: setAside(file, reason, rest: judgments))
    }

    /// Renames a damaged file, and goes on with what could be read of it.
    private func setAside(_ file: FilePath, _ reason: String, rest: [Judgment]) -> String {
        let what = "What was learnt of '\(file.name.display)' is damaged: \(reason)"
        for number in 1...Self.mostBroken {
            let other = file.adding(suffix: ".broken-\(number)")
            do {
                try Folder.moveWithoutReplacing(file, to: other)
                if !rest.isEmpty { try replace(file, with: rest) }
                let used = rest.isEmpty ? "reels are chosen as if nothing had been learnt" : "the rest is used"
                return "\(what); it was set aside as '\(other.name.display)', and \(used)."
            } catch {
                if error.alreadyExists { continue }
                return "\(what), and it cannot be set aside (\(error.reason)); remove it."
            }
        }
        return "\(what), and so many were set aside before that it stays; remove the *.broken-* beside it."
    }

    private static let mostBroken = 20

    private func replace(_ file: FilePath, with judgments: [Judgment]) throws(SystemError) {
        var content: [UInt8] = []
        for judgment in judgments { if let line = try? MomentsJSON.line(judgment) { content += line } }
        try AtomicFile.replace(file, with: content, mode: 0o600)
        give(file)
    }

    /// What an administrator writes belongs to the service all the same.
    private func give(_ file: FilePath) {
        guard geteuid() == 0, let owner = try? FileStatus.of(folder).owner else { return }
        _ = lchown(file.text, owner, gid_t.max)
    }

    /// Keeps other processes from writing meanwhile.
    private func lock() throws(SystemError) -> Descriptor {
        let file = folder.appending(".lock")
        let opened = try Descriptor.open(file, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o600)
        give(file)
        _ = flock(opened.number, LOCK_EX)
        return opened
    }
}
