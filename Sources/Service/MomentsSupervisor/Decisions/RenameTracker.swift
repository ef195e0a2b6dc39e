internal import MomentsCore
internal import MomentsSystem

/// Videos that are not where they were, found again by what file they were: a renamed folder may hold thousands.
struct RenameTracker {
    private struct File: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    private var files: [FilePath: File] = [:]
    private var paths: [File: Set<FilePath>] = [:]

    /// Adds a video as it was when last looked at.
    mutating func insert(_ path: FilePath, _ status: FileStatus) {
        remove(path)
        let file = File(device: status.device, inode: status.inode)
        files[path] = file
        paths[file, default: []].insert(path)
    }

    /// Takes a video out.
    ///
    /// - Returns: Whether it was there.
    @discardableResult
    mutating func remove(_ path: FilePath) -> Bool {
        guard let file = files.removeValue(forKey: path) else { return false }
        paths[file]?.remove(path)
        if paths[file]?.isEmpty == true { paths[file] = nil }
        return true
    }

    /// Where the same file was; several places for a file of several names.
    func paths(of status: FileStatus) -> Set<FilePath> {
        paths[File(device: status.device, inode: status.inode)] ?? []
    }
}
