internal import Glibc
public import MomentsCore
public import MomentsSystem

/// Tells symbolic links that lead out of the inbox from those that stay inside.
///
/// No link is ever followed. One inside the inbox names a video that is there anyway and is left alone; one that leads out
/// is refused by name, so that whoever put it there learns why nothing happens. Only the link's own text is read: what it
/// leads to, and whether anything is there, is not looked at.
public enum OutwardLink {
    /// Whether the name stands for a link out of the inbox.
    ///
    /// - Parameters:
    ///   - path: The name below the inbox.
    ///   - status: What stands behind the name.
    ///   - inbox: The inbox.
    /// - Returns: False for anything that is no link.
    public static func isOne(_ path: FilePath, _ status: FileStatus, in inbox: FilePath) -> Bool {
        guard status.kind == .link, let target = target(of: inbox.appending(path)) else { return false }
        let whole = target.isAbsolute ? target : inbox.appending(path).parent.appending(target)
        return normalized(whole).relative(to: normalized(inbox)) == nil
    }

    private static func target(of link: FilePath) -> FilePath? {
        let text = link.bytes.map { CChar(bitPattern: $0) } + [0]
        let bytes = try? IOTimeout.call("read", link) {
            [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, filled in
                filled = buffer.withMemoryRebound(to: CChar.self) { place in
                    place.baseAddress.map { max(0, readlink(text, $0, place.count)) } ?? 0
                }
            }
        }
        return bytes.flatMap { $0.isEmpty ? nil : FilePath(bytes: $0) }
    }

    /// The path with "." and ".." resolved by their letters alone.
    private static func normalized(_ path: FilePath) -> FilePath {
        var steps: [FilePath] = []
        for step in path.components where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.reduce("/") { $0.appending($1) }
    }
}
