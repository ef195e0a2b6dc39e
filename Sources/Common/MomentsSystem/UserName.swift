internal import Glibc
public import MomentsCore

/// What a user is called.
public enum UserName {
    /// The name of a user, or its number where it has none.
    ///
    /// Where names come over a network this takes as long as that does.
    public static func of(_ user: UInt32) -> FilePath {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer in
            guard let place = buffer.baseAddress,
                getpwuid_r(user, &entry, place, buffer.count, &found) == 0, found != nil,
                let name = entry.pw_name, name.pointee != 0
            else { return FilePath("\(user)") }
            return FilePath(bytes: UnsafeRawBufferPointer(start: name, count: strlen(name)))
        }
    }
}
