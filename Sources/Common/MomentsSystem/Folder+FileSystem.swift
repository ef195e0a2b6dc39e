internal import CLinux
public import MomentsCore

extension Folder {
    /// The number of the kind of file system a path lies on, as in linux/magic.h; 0 where it cannot be told.
    ///
    /// - Throws: `SystemError` only when a file server does not answer (ETIMEDOUT).
    public static func fileSystemNumber(at path: FilePath) throws(SystemError) -> UInt64 {
        try IOTimeout.call("examine", path) { path.withCString { UInt64(moments_file_system_type($0)) } }
    }
}
