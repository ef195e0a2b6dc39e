internal import Glibc
public import MomentsCore
public import MomentsSystem

/// The files of a video that is leaving the inbox, to an archive or for good, the first one last.
///
/// As long as the first file is there, what is left of a recording would be taken for another one: how a recording in
/// several files leaves is written down before, so that a service that was killed meanwhile brings it to its end.
public struct Departure: Codable, Sendable {
    /// A file of it.
    struct File: Codable, Sendable {
        /// Below the inbox.
        let path: FilePath
        /// Where it goes, absolute; nil where it is removed.
        let place: FilePath?
        let size: Int64
        let modified: Int64
        let inode: UInt64

        func isContent(of status: FileStatus) -> Bool {
            status.kind == .regular && status.size == size && status.modified == modified && status.inode == inode
        }
    }

    /// The job, in its final status.
    public let manifest: Manifest
    let files: [File]

    /// Plans one.
    ///
    /// - Parameters:
    ///   - manifest: The job in its final status.
    ///   - statuses: Its video's files as they were processed.
    ///   - archive: Where they go; nil where they are removed.
    /// - Throws: `SystemError` where the archive has no name for them.
    public init(_ manifest: Manifest, _ statuses: [FileStatus], to archive: Archive?) throws(SystemError) {
        self.manifest = manifest
        let places = try archive?.places(for: manifest)
        files = zip(manifest.source.files, statuses).enumerated().map { number, file in
            File(
                path: file.0,
                place: places?[number],
                size: file.1.size,
                modified: file.1.modified,
                inode: file.1.inode
            )
        }
    }

    /// Where the video is once it left; nil where it was removed.
    public var place: FilePath? { files.first?.place }

    /// Whether it is of several files, so that it can end in the middle.
    public var isLong: Bool { files.count > 1 }

    /// Takes the files out.
    ///
    /// - Parameters:
    ///   - inbox: Where they lie.
    ///   - goesOn: Whether an earlier service began it: what is not there any more, or another file by now, is passed over.
    /// - Throws: `SystemError`; ESTALE for a file that changed. As long as nothing else failed, all are in the inbox then.
    public func carryOut(from inbox: RootedDirectory, goesOn: Bool = false) throws(SystemError) {
        let places = files.compactMap(\.place)
        let store = ManifestStore(inbox: inbox)
        var gone: [File] = []
        do throws(SystemError) {
            if !places.isEmpty { try Archive.announce(manifest, at: places) }
            for file in files { try copyAhead(file, of: inbox, goesOn: goesOn) }
            for file in files.reversed() {
                guard let found = try status(of: file, in: inbox, goesOn: goesOn) else { continue }
                if let place = file.place {
                    try Displacement.move(file.path, of: inbox, to: place, expected: found)
                } else {
                    try Displacement.remove(file.path, of: inbox, expected: found)
                }
                gone.append(file)
            }
        } catch {
            if !goesOn { putBack(gone, into: inbox) }
            if !places.isEmpty { Archive.renounce(places) }
            throw error
        }
        for file in files.dropFirst() { store.removePointer(file.path) }
        guard let place else { return }
        Archive.takeRequest(of: manifest.source.path, from: inbox, to: place)
        // In its place stands by now what belongs to another video, where there is one.
        if case .missing = inbox.look(manifest.source.path) { try store.remove(manifest.source.path) }
    }

    /// Whether all of its files are in the inbox.
    public func isUntouched(in inbox: RootedDirectory) -> Bool {
        files.allSatisfy { file in (try? inbox.status(file.path)).map { file.isContent(of: $0) } ?? false }
    }

    /// What is known of a file that is to leave; nil where it left, or where another one has its name.
    private func status(of file: File, in inbox: RootedDirectory, goesOn: Bool) throws(SystemError) -> FileStatus? {
        do throws(SystemError) {
            let status = try inbox.status(file.path)
            if file.isContent(of: status) { return status }
            if goesOn { return nil }
            throw SystemError("take", file.path, code: ESTALE)
        } catch {
            if goesOn, error.isMissing { return nil }
            throw error
        }
    }

    /// Copies a file of several to another file system, before the first one of them leaves: most of what can fail does so
    /// here.
    private func copyAhead(_ file: File, of inbox: RootedDirectory, goesOn: Bool) throws(SystemError) {
        guard isLong, let place = file.place, let found = try status(of: file, in: inbox, goesOn: goesOn),
            (try? FileStatus.of(place)) == nil, try FileStatus.of(place.parent).device != found.device
        else { return }
        try Displacement.copy(file.path, of: inbox, to: place, expected: found)
    }

    /// Gives files back that have left already, where that is done by a name.
    private func putBack(_ gone: [File], into inbox: RootedDirectory) {
        for file in gone.reversed() {
            guard let place = file.place else { continue }
            try? inbox.holding(file.path) { old throws(SystemError) in
                try Folder.moveWithoutReplacing(place, to: old)
            }
        }
    }
}
