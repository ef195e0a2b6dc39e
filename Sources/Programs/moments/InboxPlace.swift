internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStore
internal import MomentsSystem

/// A video beside its manifest, for commands that work by the folders alone, with and without a daemon.
struct InboxPlace {
    /// The folder the video lies in.
    private let folder: RootedDirectory
    /// The video's name.
    private let name: FilePath
    /// The video as the person named it.
    let shown: FilePath

    /// Names a video, or a folder for its album.
    init(_ video: FilePath) {
        var whole = Folder.absolute(video)
        let album = whole.appending(ManifestName.album)
        let isAlbum = [ManifestName.manifest(of: album), ManifestName.request(of: album)].contains {
            (try? FileStatus.of($0))?.kind == .regular
        }
        if isAlbum { whole = album }
        folder = RootedDirectory(whole.parent)
        name = whole.name
        shown = video
    }

    private var store: ManifestStore { ManifestStore(inbox: folder) }

    /// The manifest beside the video.
    func manifest() throws(Failure) -> Manifest {
        let reading: ManifestStore.Reading
        do { reading = try store.read(name) } catch { throw Failure("\(error)") }
        switch reading {
        case .manifest(var manifest):
            // What stands in it may be from before a move.
            manifest.source.name = name
            return manifest
        case .none:
            if case .missing = folder.look(name) { throw Failure("'\(shown.display)' is not there") }
            throw Failure("'\(shown.display)' has no manifest: it was not noticed yet, or lies in no inbox")
        case .broken(let reason): throw Failure("the manifest of '\(shown.display)' is none: \(reason)")
        }
    }

    /// Changes what the request beside the video says, and leaves everything else in it as it was.
    ///
    /// - Parameter isCancelled: Whether no result is wanted.
    /// - Throws: `Failure` for a request that is no object, or cannot be read or written.
    func request(isCancelled: Bool) throws(Failure) {
        let bytes: [UInt8]?
        do { bytes = try store.request(for: name) } catch { throw Failure(error.message) }
        let document: RequestDocument
        do { document = try RequestDocument(bytes ?? Array("{}".utf8)) } catch {
            throw Failure("the request of '\(shown.display)' is no JSON object; correct or remove it first")
        }
        guard isCancelled || document.isCancelled else { return }
        do {
            guard let content = document.content(isCancelled: isCancelled) else {
                return try folder.holding(ManifestName.request(of: name), Folder.removeFile)
            }
            _ = try folder.holding(ManifestName.request(of: name)) { path throws(SystemError) in
                try AtomicFile.replace(path, with: content)
            }
        } catch { throw Failure("\(error)") }
    }

    /// The request beside the video, as it stands there; nil where there is none.
    func request() throws(Failure) -> [UInt8]? {
        do { return try store.request(for: name) } catch { throw Failure(error.message) }
    }

    /// Saves a request beside the video, in place of one that is there.
    func write(request: [UInt8]) throws(Failure) {
        do {
            _ = try folder.holding(ManifestName.request(of: name)) { path throws(SystemError) in
                try AtomicFile.replace(path, with: request)
            }
        } catch { throw Failure("\(error)") }
    }

    /// Removes the manifest beside the video.
    func removeManifest() throws(Failure) {
        do { try store.remove(name) } catch { throw Failure("\(error)") }
    }

    /// Every video and every album of an inbox whose manifest says that its job failed.
    ///
    /// - Parameter inbox: The inbox.
    /// - Returns: The videos and the albums' folders, in the order of their paths.
    /// - Throws: `Failure` when the inbox cannot be listed.
    static func failed(in inbox: FilePath) throws(Failure) -> [InboxPlace] {
        var found: [InboxPlace] = []
        var waiting = [inbox]
        while let folder = waiting.popLast() {
            let entries: [Folder.Entry]
            do {
                entries = try Folder.entries(
                    of: try RootedDirectory(folder).open("", O_RDONLY | O_DIRECTORY),
                    path: folder
                )
            } catch { throw Failure("\(error)") }
            for entry in entries where !entry.name.hasPrefix(".") {
                if entry.status.kind == .folder { waiting.append(folder.appending(entry.name)) }
                let isAlbum = entry.name == ManifestName.manifest(of: ManifestName.album)
                guard entry.status.kind == .regular, isAlbum || !entry.name.hasSuffix(Manifest.suffix) else { continue }
                let place = InboxPlace(isAlbum ? folder : folder.appending(entry.name))
                if let manifest = try? place.manifest(), manifest.status == .failed { found.append(place) }
            }
        }
        return found.sorted { $0.shown < $1.shown }
    }
}
