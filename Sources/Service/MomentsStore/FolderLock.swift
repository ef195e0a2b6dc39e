internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// Keeps a second daemon from working on the same folder; given up when the value, or the process, ends.
public struct FolderLock: ~Copyable, Sendable {
    private let descriptor: Descriptor
    /// What tells this folder from any other: the first line of the lock file; nil for a lock without a file.
    public let identity: String?

    // Given up by word: a child that is just being started may still hold a copy of the descriptor.
    deinit { _ = flock(descriptor.number, LOCK_UN) }

    /// Locks a file, made where it is not there, that holds the folder's identity, and writes into it who holds it.
    ///
    /// - Parameters:
    ///   - file: The lock file; its folder exists.
    ///   - purpose: What the folder is, as in "The outbox /srv/outbox".
    ///   - wanted: The identity to give a file that has none; nil makes a new one.
    /// - Throws: `LockError` that says who holds it.
    public init(file: FilePath, purpose: String, identity wanted: String? = nil) throws(LockError) {
        let writer = try Self.open(file, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK, purpose)
        // Held by a descriptor for reading: one for writing would keep the file system from being remounted read-only.
        let descriptor = try Self.open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, purpose)
        let lines = Self.lines(of: descriptor, file)
        if Self.staysHeld(descriptor) {
            throw LockError(purpose: purpose, holder: lines.dropFirst().first ?? "another process", reason: "")
        }
        let identity = lines.first.flatMap { JobIdentifier.isValid($0) ? $0 : nil } ?? wanted ?? JobIdentifier.make()
        let content = Array("\(identity)\nprocess \(getpid()) on \(Self.host)\n".utf8)
        // Overwritten and then cut, so that a power failure in between leaves the first line as it was.
        let wrote = content.withUnsafeBytes { pwrite(writer.number, $0.baseAddress, $0.count, 0) }
        guard wrote == content.count, ftruncate(writer.number, off_t(content.count)) == 0 else {
            throw LockError(purpose: purpose, holder: nil, reason: SystemError("write", file, code: errno).description)
        }
        if lines.first != identity { try? writer.synchronize(file) }
        self.descriptor = descriptor
        self.identity = identity
    }

    /// Locks a folder itself, leaving nothing in it; a file system without such locks counts as locked.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - purpose: What it is, as in "The inbox /srv/inbox".
    /// - Throws: `LockError` that says who holds it.
    public init(folder: FilePath, purpose: String) throws(LockError) {
        let descriptor = try Self.open(folder, O_RDONLY | O_DIRECTORY, purpose)
        if Self.staysHeld(descriptor) {
            let inode = (try? descriptor.status(folder).inode) ?? 0
            throw LockError(purpose: purpose, holder: Self.holder(ofInode: inode) ?? "another process", reason: "")
        }
        self.descriptor = descriptor
        identity = nil
    }

    /// Whether somebody else holds the lock of a folder that was locked without a file.
    public static func isHeld(folder: FilePath) -> Bool {
        guard let descriptor = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) else { return false }
        return isHeld(descriptor)
    }

    /// Whether what is locked still has a name somewhere: it was moved away then, and not removed.
    var isLinked: Bool { ((try? descriptor.status("a lock"))?.links ?? 0) > 0 }

    /// The identity in a lock file; empty for a file without one, nil where there is no file.
    ///
    /// - Parameter file: The lock file.
    /// - Returns: 36 characters, or none.
    /// - Throws: `SystemError` when it cannot be read.
    static func identity(in file: FilePath) throws(SystemError) -> String? {
        do {
            let first = lines(of: try Descriptor.openRegular(file), file).first ?? ""
            return JobIdentifier.isValid(first) ? first : ""
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// Takes the lock unless somebody keeps it: a child that a killed daemon was just starting has it for a moment more.
    private static func staysHeld(_ descriptor: borrowing Descriptor) -> Bool {
        for _ in 0..<20 {
            if !isHeld(descriptor) { return false }
            usleep(50_000)
        }
        return isHeld(descriptor)
    }

    /// Takes the lock unless somebody else has it.
    private static func isHeld(_ descriptor: borrowing Descriptor) -> Bool {
        flock(descriptor.number, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    private static func lines(of file: borrowing Descriptor, _ path: FilePath) -> [String] {
        let text = String(decoding: (try? file.read(400, at: 0, of: path)) ?? [], as: UTF8.self)
        return text.split(separator: "\n").map { Escaping.line(String($0)) }
    }

    private static func open(_ path: FilePath, _ flags: CInt, _ purpose: String) throws(LockError) -> Descriptor {
        do { return try Descriptor.open(path, flags, mode: 0o644) } catch {
            throw LockError(purpose: purpose, holder: nil, reason: error.description)
        }
    }

    private static var host: String {
        var name = [CChar](repeating: 0, count: 65)
        guard gethostname(&name, 64) == 0 else { return "this machine" }
        return Escaping.line(String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
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
