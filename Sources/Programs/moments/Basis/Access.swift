internal import Glibc
internal import MomentsCore

/// Who may do what with a file or folder.
struct Access {
    /// Its owner's number.
    let owner: uid_t
    /// Its group's number.
    let group: gid_t
    /// Its permissions, such as 0o2770.
    let mode: UInt32

    /// Reads it, through a link; nil where there is nothing, or it may not be looked at.
    init?(_ path: FilePath) {
        var raw = stat()
        guard stat(path.text, &raw) == 0 else { return nil }
        owner = raw.st_uid
        group = raw.st_gid
        mode = UInt32(raw.st_mode) & 0o7777
    }

    /// Whether the group may make files in a folder.
    var isGroupWritable: Bool { mode & 0o030 == 0o030 }
    /// Whether everybody may.
    var isWorldWritable: Bool { mode & 0o003 == 0o003 }
    /// Whether files made in a folder get its group.
    var handsGroupOn: Bool { mode & 0o2000 != 0 }

    /// The group's name, or its number.
    var groupName: String { getgrgid(group).map { String(cString: $0.pointee.gr_name) } ?? "\(group)" }

    /// Who is in the group by name.
    var members: [String] {
        guard var next = getgrgid(group)?.pointee.gr_mem else { return [] }
        var names: [String] = []
        while let name = next.pointee {
            names.append(String(cString: name))
            next += 1
        }
        return names
    }
}
