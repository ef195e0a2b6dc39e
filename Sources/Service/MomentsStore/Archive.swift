internal import FoundationEssentials
internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// A folder that finished videos are moved to, each with its manifest, also on another file system.
///
/// The manifest is there before its video, and the one in the inbox goes last, so that a video is at every moment in one
/// place at least, and one that was interrupted in between is brought to its end by doing it again.
public struct Archive: Sendable {
    /// The folder.
    public let root: FilePath

    /// Names the folder; it is made when it is needed.
    public init(root: FilePath) { self.root = root }

    /// Where the files of a job's video would lie here, in a folder like the one they have in the inbox.
    ///
    /// - Parameter manifest: The job.
    /// - Returns: Absolute paths in the order of its files: names that nobody has here, or those that an interrupted
    ///   attempt at the same job took.
    /// - Throws: `SystemError` where there is no such name.
    func places(for manifest: Manifest) throws(SystemError) -> [FilePath] {
        var number = 1
        while true {
            let places = manifest.source.files.map { file in
                root.appending(file.parent).appending(Self.name(file.name, number))
            }
            if jobID(at: places[0]) == manifest.jobID { return places }
            let isFree = places.allSatisfy { (try? FileStatus.of($0)) == nil }
            if isFree, (try? FileStatus.of(ManifestName.manifest(of: places[0]))) == nil { return places }
            number += 1
            guard number < 100_000 else { throw SystemError("find a name for", places[0], code: EEXIST) }
        }
    }

    private static func name(_ name: FilePath, _ number: Int) -> FilePath {
        guard number > 1 else { return name }
        let ending = name.bytes.dropFirst(name.stem.bytes.count)
        return FilePath(bytes: ResultName.numbered(name.stem, number).bytes + ending)
    }

    /// Writes the manifest of a video that is to come.
    ///
    /// - Parameters:
    ///   - manifest: The job in its final status.
    ///   - places: Where its files will be.
    /// - Throws: `SystemError` where it cannot be written.
    static func announce(_ manifest: Manifest, at places: [FilePath]) throws(SystemError) {
        var copy = manifest
        copy.source.name = places[0].name
        copy.source.parts = zip(manifest.source.parts, places.dropFirst()).map { $0.parent.appending($1.name) }
        guard let document = try? MomentsJSON.document(copy) else {
            preconditionFailure("a manifest has nothing that JSON cannot say")
        }
        for place in places { try Folder.make(place.parent) }
        try AtomicFile.replace(ManifestName.manifest(of: places[0]), with: document)
    }

    /// Takes back what was announced, where the video did not come: its manifest would say what is not so.
    static func renounce(_ places: [FilePath]) {
        guard (try? FileStatus.of(places[0])) == nil else { return }
        try? Folder.removeFile(ManifestName.manifest(of: places[0]))
    }

    private func jobID(at place: FilePath) -> String? {
        let path = ManifestName.manifest(of: place)
        guard let file = try? Descriptor.openRegular(path),
            let bytes = try? file.read(ManifestStore.sizeLimit, at: 0, of: path)
        else { return nil }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes)).jobID
    }

    /// The request goes along where it can; it is a person's wish for a video that is no longer there.
    static func takeRequest(of video: FilePath, from inbox: RootedDirectory, to place: FilePath) {
        let path = ManifestName.request(of: video)
        guard let file = try? inbox.openRegular(path),
            let bytes = try? file.read(ManifestStore.sizeLimit, at: 0, of: path),
            (try? AtomicFile.replace(ManifestName.request(of: place), with: bytes)) != nil
        else { return }
        try? inbox.holding(path, Folder.removeFile)
    }
}
