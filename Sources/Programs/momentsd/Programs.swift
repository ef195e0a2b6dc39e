internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// Where the programs are that the daemon starts.
enum Programs {
    /// Whether a program can be started: by its path, or by its name from PATH.
    static func isThere(_ program: FilePath) -> Bool {
        let isPath = program.bytes.contains(UInt8(ascii: "/"))
        let folders = getenv("PATH").map { String(cString: $0).split(separator: ":") } ?? []
        let places = isPath ? [program] : folders.map { FilePath(String($0)).appending(program) }
        return places.contains { place in
            guard let real = try? Folder.resolved(place), (try? FileStatus.of(real).kind) == .regular else {
                return false
            }
            return access(real.text, X_OK) == 0
        }
    }
}
