internal import Glibc
public import MomentsCore

/// The file of the running program.
public enum ProgramFile {
    /// Its absolute path; nil where /proc does not tell.
    public static var running: FilePath? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        return count > 0 ? FilePath(bytes: buffer[..<count].map { UInt8(bitPattern: $0) }) : nil
    }
}
