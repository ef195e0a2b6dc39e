internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// Writes and removes the files beside the videos; called on the keeper's thread, or sending work to it.
struct ManifestKeeper: Sendable {
    let inbox: RootedDirectory
    let store: ManifestStore
    let queue: SerialQueue

    /// Writes some manifests, one after the other.
    func write(_ pieces: [ManifestWriter.Piece]) -> [Result<FileStatus, SystemError>] {
        pieces.map(write)
    }

    private func write(_ piece: ManifestWriter.Piece) -> Result<FileStatus, SystemError> {
        do { return .success(try store.write(piece.manifest, durable: piece.durable)) } catch { return .failure(error) }
    }

    /// Has a video's manifest removed.
    func remove(_ path: FilePath) { queue.async { try? store.remove(path) } }

    /// Notes beside files that they go on with a recording; removes such notes beside those that no longer do.
    func point(_ parts: [FilePath], to video: FilePath, released: [FilePath]) {
        queue.async {
            for part in parts { store.point(part, to: video) }
            for part in released { store.removePointer(part) }
        }
    }

    /// Has a video's request removed.
    func removeRequest(_ path: FilePath) {
        queue.async { try? inbox.holding(ManifestName.request(of: path), Folder.removeFile) }
    }

    /// Puts away what stands in place of a manifest; says so, or why not.
    func setAside(_ path: FilePath, _ reason: String) -> String {
        do {
            let place = try store.setAside(path)
            return
                "What stood in place of the manifest of '\(path.display)' was put aside as '\(place.display)': \(reason)."
        } catch {
            return "What stands in place of the manifest of '\(path.display)' is none (\(reason)), and \(error)."
        }
    }

    /// Brings everything that was written so far to the disk.
    func flush() async -> Bool {
        let root = inbox.root
        return await queue.run { (try? Folder.synchronizeFileSystem(of: root)) != nil }
    }
}
