internal import Glibc
public import MomentsCore

extension Folder {
    /// The folder this process works in; the root where the kernel cannot tell.
    public static var current: FilePath {
        guard let text = getcwd(nil, 0) else { return "/" }
        defer { free(text) }
        return FilePath(bytes: UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) })
    }

    /// The path from the root: a relative one is taken from the current folder.
    public static func absolute(_ path: FilePath) -> FilePath { path.isAbsolute ? path : current.appending(path) }
}

extension Folder {
    /// The path without links, "." and "..".
    public static func resolved(_ path: FilePath) throws(SystemError) -> FilePath {
        try IOTimeout.with("find", path, withoutLinks, path)
    }

    private static func withoutLinks(_ path: FilePath) throws(SystemError) -> FilePath { try path.withoutLinks() }

    /// Removes a folder if nothing is in it.
    public static func removeEmpty(_ path: FilePath) throws(SystemError) {
        try IOTimeout.call("remove", path) { path.withCString { rmdir($0) } == 0 || errno == ENOENT ? () : nil }
    }
}
