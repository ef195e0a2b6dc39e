internal import Glibc
public import MomentsCore
public import MomentsSystem

/// Taking a video out of the inbox: moved by a rename, copied and verified where that is another file system, or removed.
///
/// A name can be given to another file at any moment: what is taken is looked at once nobody can reach it by its name any
/// more, and put back if it is not what was meant.
public enum Displacement {
    /// Moves a video to a path outside the inbox.
    ///
    /// - Parameters:
    ///   - video: Its path below the inbox.
    ///   - inbox: The inbox.
    ///   - place: Where to; the folder exists. A whole copy of an interrupted attempt there is made use of.
    ///   - expected: The file that is meant.
    /// - Throws: `SystemError`; ESTALE for another file. The video is still in the inbox then.
    static func move(
        _ video: FilePath,
        of inbox: RootedDirectory,
        to place: FilePath,
        expected: FileStatus
    ) throws(SystemError) {
        if (try? FileStatus.of(place)) == nil {
            do {
                try inbox.holding(video) { old throws(SystemError) in
                    try Folder.moveWithoutReplacing(old, to: place)
                    guard try FileStatus.of(place).isContent(of: expected) else {
                        try Folder.moveWithoutReplacing(place, to: old)
                        throw SystemError("move", video, code: ESTALE)
                    }
                }
                try Folder.synchronize(place.parent)
                return try inbox.holding(video) { old throws(SystemError) in try Folder.synchronize(old.parent) }
            } catch { if error.code != EXDEV { throw error } }
            try copy(video, of: inbox, to: place, expected: expected)
        } else {
            let source = try inbox.openRegular(video)
            let copy = try Descriptor.openRegular(place)
            guard try ContentIdentity.isSame(source, copy, path: place) else {
                throw SystemError("move", video, code: EEXIST)
            }
        }
        try remove(video, of: inbox, expected: expected)
    }

    /// Removes a video.
    ///
    /// - Parameters:
    ///   - video: Its path below the inbox.
    ///   - inbox: The inbox.
    ///   - expected: The file that is meant.
    /// - Throws: `SystemError`; ESTALE for another file, which stays.
    public static func remove(_ video: FilePath, of inbox: RootedDirectory, expected: FileStatus) throws(SystemError) {
        try inbox.holding(video) { old throws(SystemError) in
            let aside = AtomicFile.asideName(of: old)
            try Folder.moveWithoutReplacing(old, to: aside)
            guard try FileStatus.of(aside).isContent(of: expected) else {
                try Folder.moveWithoutReplacing(aside, to: old)
                throw SystemError("remove", video, code: ESTALE)
            }
            try Folder.removeFile(aside)
            try Folder.synchronize(old.parent)
        }
    }

    /// Gives a video its name again that was being looked at for the last time when the daemon was killed.
    ///
    /// It may be another one than was meant. Where its name is taken by now it gets a number.
    ///
    /// - Parameters:
    ///   - path: Where it is, below the inbox.
    ///   - inbox: The inbox.
    public static func putBack(_ path: FilePath, of inbox: RootedDirectory) {
        let name = AtomicFile.name(ofAside: path.name)
        let ending = FilePath(bytes: name.bytes.dropFirst(name.stem.bytes.count))
        for number in 1...1000 {
            let numbered = ResultName.numbered(name.stem, number)
            let place = number == 1 ? name : FilePath(bytes: numbered.bytes + ending.bytes)
            let isDone: ()? = try? inbox.holding(path) { old throws(SystemError) in
                try Folder.moveWithoutReplacing(old, to: old.parent.appending(place))
                try Folder.synchronize(old.parent)
            }
            if isDone != nil { return }
        }
    }

    /// Copies to another file system: written, synced, read back, and only then given its name.
    static func copy(
        _ video: FilePath,
        of inbox: RootedDirectory,
        to place: FilePath,
        expected: FileStatus
    ) throws(SystemError) {
        let source = try inbox.openRegular(video)
        guard try source.status(video).isContent(of: expected) else { throw SystemError("copy", video, code: ESTALE) }
        let temporary = AtomicFile.temporaryName(beside: place)
        do throws(SystemError) {
            let target = try Descriptor.open(temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
            var offset: Int64 = 0
            while true {
                let piece = try source.read(1 << 20, at: offset, of: video)
                if piece.isEmpty { break }
                try target.write(piece, to: temporary)
                offset += Int64(piece.count)
            }
            try target.synchronize(temporary)
            // Read back past the cache where the kernel allows it: what counts is what is on the disk.
            posix_fadvise(target.number, 0, 0, POSIX_FADV_DONTNEED)
            guard try ContentIdentity.isSame(source, target, path: temporary),
                try source.status(video).isContent(of: expected)
            else { throw SystemError("copy", video, code: ESTALE) }
            var times = [timespec(), timespec()]
            let (seconds, rest) = expected.modified.quotientAndRemainder(dividingBy: 1_000_000_000)
            times[0] = timespec(tv_sec: Int(seconds), tv_nsec: Int(rest))
            times[1] = times[0]
            futimens(target.number, times)
            try target.synchronize(temporary)
            try Folder.moveWithoutReplacing(temporary, to: place)
        } catch {
            try? Folder.removeFile(temporary)
            throw error
        }
        try Folder.synchronize(place.parent)
    }
}

extension FileStatus {
    /// Whether this is the same file with the same content, going by its status.
    func isContent(of other: FileStatus) -> Bool {
        kind == .regular && size == other.size && modified == other.modified && inode == other.inode
    }
}
