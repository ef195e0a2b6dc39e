internal import CSystemd
internal import Glibc
internal import MomentsCore

/// Where the service writes what happens: the journal when it is connected to it, else readable lines.
public struct Journal: Sendable {
    /// Where entries go.
    public enum Target: Hashable, Sendable {
        /// systemd's journal, with all fields.
        case journal
        /// Lines with the time, on a terminal or in a file.
        case lines(CInt)
    }

    /// Where entries go.
    public let target: Target
    /// The program's name in the journal.
    public let identifier: String
    /// Entries that matter less are dropped.
    public let least: JournalEntry.Level

    /// Makes a journal; without a target the one the standard error is connected to.
    public init(identifier: String, target: Target? = nil, least: JournalEntry.Level = .info) {
        self.identifier = identifier
        self.target = target ?? (Self.isConnected(STDERR_FILENO) ? .journal : .lines(STDERR_FILENO))
        self.least = least
    }

    /// Writes one entry; failing to is no error, since there is nowhere left to tell it.
    public func write(_ entry: JournalEntry) {
        guard entry.level.rawValue <= least.rawValue else { return }
        switch target {
        case .journal:
            if send(entry.fields(identifier: identifier)) { return }
            // The journal's own socket is gone, but it still reads our standard error, and takes the level from there.
            put("<\(entry.level.rawValue)>\(Escaping.line(entry.message))\n", to: STDERR_FILENO)
        case .lines(let descriptor): put(entry.line(at: "\(Timestamp.now)"), to: descriptor)
        }
    }

    /// Writes an entry made of its parts.
    public func write(_ message: String, level: JournalEntry.Level? = nil, kind: MessageKind? = nil) {
        write(JournalEntry(message, level: level, kind: kind))
    }

    /// Whether what is written to a descriptor goes to the journal: `JOURNAL_STREAM` is its device and inode.
    public static func isConnected(_ descriptor: CInt) -> Bool {
        guard let text = getenv("JOURNAL_STREAM") else { return false }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        return String(cString: text) == "\(status.st_dev):\(status.st_ino)"
    }

    private func send(_ fields: [[UInt8]]) -> Bool {
        let bytes = fields.joined().map { $0 }
        return bytes.withUnsafeBytes { buffer in
            var start = buffer.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
            let parts = fields.map { field in
                defer { start = start?.advanced(by: field.count) }
                return iovec(iov_base: start, iov_len: field.count)
            }
            return sd_journal_sendv(parts, CInt(parts.count)) == 0
        }
    }

    // One call to write(2) for a line, so that lines of several threads do not mix.
    private func put(_ line: String, to descriptor: CInt) {
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            let wrote = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if wrote < 0 && errno == EINTR { continue }
            guard wrote > 0 else { return }
            rest = rest.dropFirst(wrote)
        }
    }
}
