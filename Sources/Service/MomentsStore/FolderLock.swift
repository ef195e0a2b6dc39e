internal import CLinux
internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// Keeps a second daemon from working on the same folder; given up when the value, or the process, ends.
public struct FolderLock: ~Copyable, Sendable {
    private let descriptor: Descriptor

    /// Locks a file, made where it is not there, and writes into it who holds it.
    ///
    /// - Parameters:
    ///   - file: The lock file; its folder exists.
    ///   - purpose: What the folder is, as in "the outbox /srv/outbox".
    /// - Throws: `LockError` that says who holds it.
    public init(file: FilePath, purpose: String) throws(LockError) {
        let descriptor = try Self.open(file, O_RDWR | O_CREAT | O_NOFOLLOW, purpose)
        guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 else {
            let text = (try? descriptor.read(200, at: 0, of: file)) ?? []
            let holder = Escaping.line(String(decoding: text, as: UTF8.self).trimmed)
            throw LockError(purpose: purpose, holder: holder.isEmpty ? "another process" : holder, reason: "")
        }
        ftruncate(descriptor.number, 0)
        try? descriptor.write(Array("process \(getpid())\n".utf8), to: file)
        self.descriptor = descriptor
    }

    /// Locks a folder itself, leaving nothing in it; a file system without such locks counts as locked.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - purpose: What it is, as in "the inbox /srv/inbox".
    /// - Throws: `LockError` that says who holds it.
    public init(folder: FilePath, purpose: String) throws(LockError) {
        let descriptor = try Self.open(folder, O_RDONLY | O_DIRECTORY, purpose)
        guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK else {
            let inode = (try? descriptor.status(folder).inode) ?? 0
            throw LockError(purpose: purpose, holder: Self.holder(ofInode: inode) ?? "another process", reason: "")
        }
        self.descriptor = descriptor
    }

    private static func open(_ path: FilePath, _ flags: CInt, _ purpose: String) throws(LockError) -> Descriptor {
        do { return try Descriptor.open(path, flags, mode: 0o644) } catch {
            throw LockError(purpose: purpose, holder: nil, reason: error.description)
        }
    }

    /// Looks into /proc/locks, whose lines are like "1: FLOCK  ADVISORY  WRITE 4711 fe:01:131073 0 EOF".
    private static func holder(ofInode inode: UInt64) -> String? {
        guard let file = try? Descriptor.open("/proc/locks", O_RDONLY),
            let bytes = try? file.read(1 << 20, at: 0, of: "/proc/locks")
        else { return nil }
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count > 5, words[1] == "FLOCK", words[5].hasSuffix(":\(inode)") else { continue }
            return "process \(words[4])"
        }
        return nil
    }
}

/// A lock that could not be taken.
public struct LockError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was to be locked.
    public let purpose: String
    /// Who holds it; nil when that is not the trouble.
    public let holder: String?
    /// What the kernel said otherwise.
    public let reason: String

    /// One sentence for people.
    public var description: String {
        if let holder { return "\(purpose) is in use by another momentsd (\(holder)); stop that one first." }
        return "\(purpose) cannot be locked: \(reason)."
    }
}

extension String {
    var trimmed: String { String(self.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}
