internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// Where the programs are that are started here.
public enum ProgramFinder {
    /// Whether a program can be started: by its path, or by its name from PATH.
    public static func isThere(_ program: FilePath) -> Bool {
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
