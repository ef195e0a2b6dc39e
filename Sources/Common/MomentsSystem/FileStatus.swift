internal import Glibc
public import MomentsCore

/// What the kernel knows of a file: the part that tells whether it changed, and what it is.
public struct FileStatus: Hashable, Sendable {
    /// What stands behind a name.
    public enum Kind: Sendable {
        case regular
        case folder
        case link
        /// A pipe, a socket or a device.
        case special
    }

    /// What it is.
    public let kind: Kind
    /// The content's length in bytes.
    public let size: Int64
    /// How much of it is really stored, in bytes; less than `size` for a file with holes.
    public let storedBytes: Int64
    /// The device of its file system.
    public let device: UInt64
    /// Its number on that device.
    public let inode: UInt64
    /// How many names it has.
    public let links: UInt64
    /// The owner's user id.
    public let owner: UInt32
    /// When its content last changed, in nanoseconds since 1970.
    public let modified: Int64
    /// When its content, name or rights last changed, in nanoseconds since 1970.
    public let changed: Int64

    init(_ raw: stat) {
        kind =
            switch raw.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .special
            }
        size = Int64(raw.st_size)
        storedBytes = Int64(raw.st_blocks) * 512
        device = UInt64(raw.st_dev)
        inode = UInt64(raw.st_ino)
        links = UInt64(raw.st_nlink)
        owner = raw.st_uid
        modified = Int64(raw.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(raw.st_mtim.tv_nsec)
        changed = Int64(raw.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(raw.st_ctim.tv_nsec)
    }

    /// What would be known of a file that holds this one and others behind it: it changes whenever one of them does.
    ///
    /// - Parameters:
    ///   - others: What is known of the others.
    ///   - names: Changes it too: how they are called.
    /// - Returns: What would be known.
    public func joined(with others: [FileStatus], names: [FilePath] = []) -> FileStatus {
        FileStatus(self, others, names)
    }

    /// Tells this content from any other, as far as its status does: digits, and "-" between them.
    public var identity: String { "\(size)-\(modified)-\(inode)" }

    private init(_ first: FileStatus, _ others: [FileStatus], _ names: [FilePath]) {
        (kind, device, links, owner) = (first.kind, first.device, first.links, first.owner)
        let all = [first] + others
        size = all.reduce(0) { $0 &+ $1.size }
        storedBytes = all.reduce(0) { $0 &+ $1.storedBytes }
        modified = all.map(\.modified).max() ?? first.modified
        changed = all.map(\.changed).max() ?? first.changed
        let mixed = others.reduce(first.inode) { mixed, other in
            [other.inode, UInt64(bitPattern: other.modified), UInt64(bitPattern: other.size)]
                .reduce(mixed) { ($0 ^ $1) &* 0x100_0000_01B3 }
        }
        inode = names.reduce(mixed) { mixed, name in
            name.bytes.reduce(mixed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }
    }

    /// Whether this is the same file with the same content; names and rights do not count.
    public func holdsTheSame(as other: FileStatus) -> Bool {
        kind == other.kind && device == other.device && inode == other.inode && size == other.size
            && modified == other.modified
    }

    /// Stands for a folder that does not tell its status.
    static var silentFolder: FileStatus {
        var raw = stat()
        raw.st_mode = S_IFDIR
        return FileStatus(raw)
    }

    /// When its content last changed, for people and manifests.
    public var modifiedAt: Timestamp { Timestamp(milliseconds: modified / 1_000_000) }

    /// Reads the status of what the name itself stands for; a link is not followed.
    public static func of(_ path: FilePath) throws(SystemError) -> FileStatus {
        try IOTimeout.call("examine", path) {
            var raw = stat()
            return path.withCString { lstat($0, &raw) } == 0 ? FileStatus(raw) : nil
        }
    }
}
