internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// What manifests say, and how far it is believed.
extension FolderReader {
    /// Finds out about videos that are seen for the first time.
    func inspect(_ paths: [FilePath]) -> [Inspection] { paths.map { inspect($0) } }

    private func inspect(_ path: FilePath) -> Inspection {
        let sighting = look(path)
        var reading: Result<ManifestStore.Reading, SystemError>
        do { reading = .success(try store.read(path)) } catch { reading = .failure(error) }
        var (published, isTrusted): (Manifest?, Bool) = (nil, true)
        if case .success(.manifest(let read)) = reading {
            let manifest = withOwnFiles(read, of: path)
            reading = .success(.manifest(manifest))
            (published, isTrusted) = judge(manifest, of: path)
            if !manifest.status.isFinal { reading = .success(.manifest(proven(manifest, of: path, sighting.video))) }
        }
        return Inspection(
            path: path,
            sighting: sighting,
            reading: reading,
            manifest: store.manifestStatus(of: path),
            request: request(path),
            published: published,
            isTrusted: isTrusted
        )
    }

    /// Compares what a manifest says of the past with what is known of it.
    ///
    /// - Returns: The manifest in the result of the job, where its own does not tell of it; whether it can be believed.
    private func judge(_ manifest: Manifest, of path: FilePath) -> (Manifest?, Bool) {
        var manifest = manifest
        manifest.source.name = path.name
        manifest.source.folder = path.parent
        switch manifest.status {
        case .uploading, .pending: return (nil, true)
        case .processing:
            guard ledger.knows(manifest), holds(path, manifest.source.contentID) else { return (nil, true) }
            return (outbox.published(manifest), true)
        case .failed, .cancelled: return (nil, ledger.agrees(with: manifest))
        case .completed:
            if ledger.agrees(with: manifest) { return (nil, true) }
            // The outbox is ours alone; the state folder may have been lost.
            guard isPublished(manifest), holds(path, manifest.source.contentID) else { return (nil, false) }
            ledger.note(manifest)
            return (nil, true)
        }
    }

    /// Whether the outbox, which is ours alone, holds the result that a manifest tells of.
    private func isPublished(_ manifest: Manifest) -> Bool {
        guard manifest.status == .completed, let folder = manifest.result?.folder,
            let copy = outbox.manifest(in: folder)
        else { return false }
        return copy.jobID == manifest.jobID && copy.result?.outputs == manifest.result?.outputs
            && copy.source.contentID == manifest.source.contentID
    }

    /// What an unfinished manifest may say of a video: its content only where the video holds it, and that it has waited
    /// or was tried only where this service knows.
    private func proven(_ manifest: Manifest, of path: FilePath, _ video: FileStatus?) -> Manifest {
        var manifest = manifest
        if !ledger.knows(manifest) {
            manifest.attempts = 0
            let changed = video.map { Timestamp(milliseconds: $0.changed / 1_000_000) } ?? .now
            manifest.createdAt = max(manifest.createdAt, changed)
        }
        if manifest.source.contentID != nil, !holds(path, manifest.source.contentID) { manifest.source.contentID = nil }
        return manifest
    }

    /// A manifest that names no other files than those that go on with its video: whoever names others would have them
    /// shown.
    private func withOwnFiles(_ manifest: Manifest, of path: FilePath) -> Manifest {
        guard !manifest.source.parts.isEmpty else { return manifest }
        var manifest = manifest
        manifest.source.parts = album(path)?.files ?? sequences.parts(of: path)
        return manifest
    }

    /// Whether a video holds this content.
    func holds(_ path: FilePath, _ content: String?) -> Bool {
        guard let content else { return false }
        if let album = album(path) { return album.content == content }
        return (try? ContentIdentity.of([path] + sequences.parts(of: path), in: inbox)) == content
    }

    /// What stands in place of a video's manifest: its file, and, unless it is the expected one, what it holds.
    func manifest(of path: FilePath, expected: FileStatus?) -> ManifestSight {
        guard store.exists(path) else { return .missing(video: look(path)) }
        let status = store.manifestStatus(of: path)
        if let expected, let status, expected.holdsTheSame(as: status) { return .expected }
        guard let reading = try? store.read(path) else { return .expected }
        return .other(status, reading)
    }

    /// Reads manifests that stand without a video.
    ///
    /// - Returns: For each that may be one of ours its manifest; nil for one that is none, nothing where it cannot be told.
    func orphans(_ companions: [FilePath]) -> [FilePath: Manifest?] {
        var found: [FilePath: Manifest?] = [:]
        for companion in companions {
            guard let video = ManifestName.video(of: companion), let reading = try? store.read(video) else { continue }
            // What is over would be believed of whatever has that content.
            if case .manifest(let manifest) = reading, manifest.source.name == video.name,
                !manifest.status.isFinal || ledger.agrees(with: manifest) || isPublished(manifest)
            {
                found[companion] = .some(manifest)
            } else {
                found[companion] = .some(nil)
            }
        }
        return found
    }
}
