internal import FoundationEssentials
internal import Glibc
public import MomentsCore
public import MomentsSystem

/// A folder that finished videos are moved to, each with its manifest, also on another file system.
///
/// The manifest is there before its video, and the one in the inbox goes last, so that a video is at every moment in one
/// place at least, and one that was interrupted in between is brought to its end by doing it again.
public struct Archive: Sendable {
    /// The folder.
    public let root: FilePath

    /// Names the folder; it is made when it is needed.
    public init(root: FilePath) { self.root = root }

    /// Moves a video, its manifest and its request here, into a folder like the one it had in the inbox.
    ///
    /// - Parameters:
    ///   - manifest: The job in its final status.
    ///   - inbox: Where it lies.
    ///   - expected: The video's files as they were processed; one that changed since stays where it is (ESTALE).
    /// - Returns: Where the video is now.
    /// - Throws: `SystemError`; the video then still is in the inbox.
    public func take(_ manifest: Manifest, from inbox: RootedDirectory, expected: [FileStatus]) throws(SystemError)
        -> FilePath
    {
        let video = manifest.source.path
        let folder = root.appending(video.parent)
        try Folder.make(folder)
        let place = folder.appending(try freeName(for: manifest, in: folder))
        var copy = manifest
        copy.source.name = place.name
        let others = zip(manifest.source.parts, expected.dropFirst()).reversed()
        guard let document = try? MomentsJSON.document(copy) else {
            preconditionFailure("a manifest has nothing that JSON cannot say")
        }
        try AtomicFile.replace(ManifestName.manifest(of: place), with: document)
        do {
            // The first one last: as long as it is there, the others are its parts.
            for (part, status) in others {
                try Folder.make(root.appending(part.parent))
                try Displacement.move(part, of: inbox, to: root.appending(part), expected: status)
                ManifestStore(inbox: inbox).removePointer(part)
            }
            try Displacement.move(video, of: inbox, to: place, expected: expected[0])
        } catch {
            // Without its video a manifest here would say what is not so.
            if (try? FileStatus.of(place)) == nil { try? Folder.removeFile(ManifestName.manifest(of: place)) }
            throw error
        }
        takeRequest(of: video, from: inbox, to: place)
        try inbox.holding(ManifestName.manifest(of: video), Folder.removeFile)
        return place
    }

    /// A name nobody has here, or the one an interrupted attempt at the same job took.
    private func freeName(for manifest: Manifest, in folder: FilePath) throws(SystemError) -> FilePath {
        let name = manifest.source.name
        let ending = FilePath(bytes: name.bytes.dropFirst(name.stem.bytes.count))
        var number = 1
        while true {
            let numbered = ResultName.numbered(name.stem, number)
            let candidate = number == 1 ? name : FilePath(bytes: numbered.bytes + ending.bytes)
            let place = folder.appending(candidate)
            if jobID(at: place) == manifest.jobID { return candidate }
            if (try? FileStatus.of(place)) == nil, (try? FileStatus.of(ManifestName.manifest(of: place))) == nil {
                return candidate
            }
            number += 1
            guard number < 100_000 else { throw SystemError("find a name for", place, code: EEXIST) }
        }
    }

    private func jobID(at place: FilePath) -> String? {
        let path = ManifestName.manifest(of: place)
        guard let file = try? Descriptor.openRegular(path),
            let bytes = try? file.read(ManifestStore.sizeLimit, at: 0, of: path)
        else { return nil }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes)).jobID
    }

    /// The request goes along where it can; it is a person's wish for a video that is no longer there.
    private func takeRequest(of video: FilePath, from inbox: RootedDirectory, to place: FilePath) {
        let path = ManifestName.request(of: video)
        guard let file = try? inbox.openRegular(path),
            let bytes = try? file.read(ManifestStore.sizeLimit, at: 0, of: path),
            (try? AtomicFile.replace(ManifestName.request(of: place), with: bytes)) != nil
        else { return }
        try? inbox.holding(path, Folder.removeFile)
    }
}
