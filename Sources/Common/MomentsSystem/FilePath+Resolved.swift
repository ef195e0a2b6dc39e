internal import Glibc
internal import MomentsCore

extension FilePath {
    /// The path without links, "." and ".."; waits for as long as the file system takes.
    func withoutLinks() throws(SystemError) -> FilePath {
        guard let text = withCString({ realpath($0, nil) }) else { throw .last("find", self) }
        defer { free(text) }
        return FilePath(bytes: UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) })
    }
}
