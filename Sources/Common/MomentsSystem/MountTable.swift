public import MomentsCore

/// What is mounted where, as this process sees it.
public struct MountTable: Hashable, Sendable {
    /// One mount.
    public struct Mount: Hashable, Sendable {
        /// Its number, which no other mount has at the same time.
        public let number: Int
        /// Where it is.
        public let point: FilePath
        /// The name of its file system's kind, such as "ext4" or "fuse.sshfs".
        public let kind: String

        /// Names a mount.
        public init(number: Int, point: FilePath, kind: String) {
            self.number = number
            self.point = point
            self.kind = kind
        }
    }

    /// The mounts; a later one hides an earlier one of the same place.
    public let mounts: [Mount]

    /// Takes the table apart: see proc(5), `/proc/pid/mountinfo`.
    ///
    /// - Parameter text: Lines like "36 35 98:0 / /mnt rw,noatime shared:1 - ext3 /dev/root rw".
    package init(_ text: String) {
        mounts = text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 6, let dash = words.firstIndex(of: "-"), words.indices.contains(dash + 1) else {
                return nil
            }
            return Mount(
                number: Int(words[0]) ?? 0,
                point: FilePath(bytes: Self.plain(words[4].utf8)),
                kind: String(words[dash + 1])
            )
        }
    }

    /// The mounts that have to do with these folders: those they lie on, and those that lie in them.
    func around(_ folders: [FilePath]) -> MountTable {
        MountTable(
            mounts: mounts.filter { mount in
                folders.contains { mount.point.relative(to: $0) != nil || $0.relative(to: mount.point) != nil }
            }
        )
    }

    private init(mounts: [Mount]) { self.mounts = mounts }

    /// Where something is mounted that another program or machine has to answer for.
    package var servers: [FilePath] { mounts.filter { !Self.local.contains($0.kind) }.map(\.point) }

    /// Blanks and their kin are written as a backslash and three octal digits.
    private static func plain(_ text: Substring.UTF8View) -> [UInt8] {
        var (bytes, rest) = ([UInt8](), Array(text)[...])
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            guard byte == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ (48..<56).contains($0) }) else {
                bytes.append(byte)
                continue
            }
            bytes.append(UInt8(truncatingIfNeeded: digits.reduce(0) { $0 * 8 + Int($1 - 48) }))
            rest = rest.dropFirst(3)
        }
        return bytes
    }

    // On a disk of this machine, or on none; a kind nobody knows is taken to need a server.
    private static let local: Set<String> = [
        "ext2", "ext3", "ext4", "xfs", "btrfs", "bcachefs", "f2fs", "zfs", "jfs", "reiserfs", "vfat", "exfat", "ntfs3",
        "msdos", "hfsplus", "iso9660", "udf", "squashfs", "erofs", "overlay", "tmpfs", "ramfs", "rootfs", "devtmpfs",
        "devpts", "proc", "sysfs", "cgroup", "cgroup2", "securityfs", "debugfs", "tracefs", "configfs", "pstore", "bpf",
        "mqueue", "hugetlbfs", "fusectl", "nsfs", "binfmt_misc", "efivarfs", "selinuxfs",
    ]
}
